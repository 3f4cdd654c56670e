"""Choosing rows by typing: what the fields of the writing screen ask for, and how they answer.

The stock widgets ask the database for the label of every chosen row; on a story of thirty blocks
that is thirty questions. These show rows that the form has loaded already.
"""

from django import forms
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..desk.post import Post
from ..library.author import Author
from ..library.date_formats import say_day
from ..library.naming.names import name_key
from ..library.photo import Photo
from ..library.pictures.renditions import renditions
from ..library.topic import Topic
from .paginators import PickerPaginator
from .parameters import is_key

SCRIPTS = ["admin/js/jquery.init.js", "admin/js/autocomplete.js", "admin-desk/pickers.js"]
"""The scripts of a screen with pickers: ours after the stock one, whose widget it makes its own."""

SHOWN = ("thumbnail", "note")
"""What the photo that is chosen shows beside its name."""

NEW = "new:"
"""What the browser puts before a topic that was typed and not chosen."""


class KnownRows:
    """A widget that is told which rows are chosen (`known`, by key) and asks only for others."""

    known = ()

    def optgroups(self, name, value, attrs=None):
        keys = [str(key) for key in value if key]
        rows = {str(row.pk): row for row in self.known}
        if missing := [key for key in keys if key not in rows and is_key(key)]:
            rows |= {str(row.pk): row for row in self.choices.queryset.filter(pk__in=missing)}
        options = []
        if not self.allow_multiple_selected:
            options.append(self.create_option(name, "", "", not keys, 0))
        for key in keys:
            if label := self.label(key, rows):
                option = self.create_option(name, key, label, True, len(options))
                if isinstance(row := rows.get(key), Photo):
                    known = facts(row)
                    option["attrs"] |= {
                        f"data-{each}": known[each] for each in SHOWN if known[each]
                    }
                options.append(option)
        return [(None, options, 0)]

    def label(self, key, rows):
        """What to call a chosen key, or nothing when there is no such row."""
        return str(rows[key]) if key in rows else ""


def thumbnail(row):
    """The address of a photo's thumbnail; nothing for a photo of unknown size and for others."""
    cuts = renditions(row.as_picture(), "square") if isinstance(row, Photo) else ()
    return cuts[0].url if cuts else ""


def facts(row):
    """What a list of finds shows of a row beside its name, and a photo's own words."""
    if isinstance(row, Post):
        section = f"{row.section} · " if row.section_id else ""
        return {"note": f"{section}{row.get_status_display()}"}
    if isinstance(row, Photo):
        own = {name: getattr(row, name) for name in ("caption", "credit", "alt")}
        rights = format_rights(row)
        note = " · ".join(filter(None, [row.credit, rights]))
        return own | {"thumbnail": thumbnail(row), "note": note, "rights": rights}
    return {}


def format_rights(photo):
    """What whoever chooses a photo has to know before, on one line."""
    until = photo.rights_until
    if until:
        past = until < timezone.localdate()
        words = _("The rights ended on %s.") if past else _("may be used until %s")
        until = words % say_day(photo.rights_until)
    return " · ".join(filter(None, [until, *photo.rights_note.splitlines()]))


def preload(field, rows):
    """Tell the picker of a form's field which rows are chosen, so that it need not query them."""
    widget = getattr(field.widget, "widget", field.widget)
    widget.known = [row for row in rows if row is not None]


def hide_related_links(field, *links):
    """Take links to other pages (add, change, delete, view; all by default) from a field."""
    for link in links or ("add", "change", "delete", "view"):
        setattr(field.widget, f"can_{link}_related", False)


class RowPicker(KnownRows, AutocompleteSelect):
    """Chooses one row."""


class RowPickersMixin:
    """Mixed into an admin or an inline: a RowPicker for each of its `autocomplete_fields`.

    The stock widget fails to render when what was sent is no row's key.
    """

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = RowPicker(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class RowsPicker(KnownRows, AutocompleteSelectMultiple):
    """Chooses several rows, kept in the order in which they were chosen."""


class TopicsPicker(RowsPicker):
    """Chooses topics; a name that no topic has may be typed."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return attrs | {"data-new-prefix": NEW, "data-new-hint": _("(new topic)")}

    def label(self, key, rows):
        if key.startswith(NEW):
            return key.removeprefix(NEW)
        return super().label(key, rows)


class InOrderField(forms.ModelMultipleChoiceField):
    """Several rows, in the order in which they were given."""

    default_error_messages = {
        "invalid_choice": gettext_lazy(
            "A colleague merged or deleted one of these meanwhile. The others are still here: "
            "look whether something takes its place, and save again."
        )
    }

    def _check_values(self, value):
        if unknown := [key for key in value if not is_key(str(key))]:
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": unknown[0]},
            )
        return super()._check_values(value)

    def clean(self, value):
        rows = {str(row.pk): row for row in super().clean(value)}
        return [rows[key] for key in dict.fromkeys(map(str, value or ())) if key in rows]

    def has_changed(self, initial, data):
        before = [str(self.prepare_value(row)) for row in initial or ()]
        return before != [str(key) for key in data or ()]


class AuthorsField(InOrderField):
    """The names of a byline, in their order."""

    def __init__(self, **kwargs):
        super().__init__(Author.objects.all(), **kwargs)


class TopicsField(InOrderField):
    """Topics that exist, and the names of topics to be made when the story is saved."""

    MOST = 40

    may_add = False

    def __init__(self, **kwargs):
        super().__init__(Topic.objects.all(), **kwargs)

    def clean(self, value):
        value = [str(key) for key in value or ()]
        if len(value) > self.MOST:
            raise ValidationError(
                _("A story has at most %d topics.") % self.MOST, code="too_many_topics"
            )
        typed = [key.removeprefix(NEW) for key in value if key.startswith(NEW)]
        chosen = super().clean([key for key in value if not key.startswith(NEW)])
        named = [self.topic_called(name) for name in typed]
        return list({self.key_of(topic): topic for topic in [*chosen, *named]}.values())

    def key_of(self, topic):
        """What is the same for one topic, whether it is a row or a name."""
        return name_key(topic) if isinstance(topic, str) else topic.pk

    def topic_called(self, name):
        """The topic of this name, or of which this is another name; else the name of one to be
        made."""
        name = forms.CharField(max_length=100).clean(name)
        if topic := Topic.objects.find_called(name):
            return topic
        if not self.may_add:
            raise ValidationError(
                _("There is no topic “%s”, and your role does not make new ones.") % name,
                code="no_such_topic",
            )
        try:
            return Topic.new(name).name
        except ValidationError as error:
            raise ValidationError(error.messages, code="no_topic") from error


class PickerView(AutocompleteJsonView):
    """The stock answers, with what else a screen says of a row (`picker_facts`)."""

    def get_paginator(self, *args, **kwargs):
        return PickerPaginator(*args, **kwargs)

    def serialize_result(self, obj, to_field_name):
        return super().serialize_result(obj, to_field_name) | facts(obj)
