"""Autocomplete widgets, and the view that answers them.

Django's widgets query the label of every chosen row: thirty queries for a story of thirty
blocks. These show rows that the form has loaded already.
"""

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.post import Post
from ...desk.stops import stops_of
from ...library.author import Author
from ...library.date_formats import format_day
from ...library.photo import Photo
from ...library.pictures.renditions import renditions
from ...library.topic import Topic
from ..paginators import PickerPaginator
from ..parameters import is_key

SCRIPTS = ["admin/js/jquery.init.js", "admin/js/autocomplete.js", "admin-desk/pickers.js"]
"""The scripts of a screen with pickers: ours replaces the stock widget, so it comes after it."""

ALL_LINKS = ("add", "change", "delete", "view")

PHOTO_DATA_ATTRIBUTES = ("thumbnail", "note")
"""Of the `picker_facts`, those shown beside a chosen photo."""


class KnownRows:
    """A widget that is given the chosen rows (`known`) and queries only others."""

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
                    known = picker_facts(row)
                    option["attrs"] |= {
                        f"data-{each}": known[each] for each in PHOTO_DATA_ATTRIBUTES if known[each]
                    }
                options.append(option)
        return [(None, options, 0)]

    def label(self, key, rows):
        """The label of a chosen key, or "" when there is no such row."""
        return str(rows[key]) if key in rows else ""


def thumbnail_url(photo):
    """The URL of a photo's thumbnail, or ""."""
    cuts = renditions(photo.as_picture(), "square")
    return cuts[0].url if cuts else ""


def picker_facts(row):
    """What an autocomplete list shows of a row beside its name, and a photo's own texts."""
    if isinstance(row, Post):
        section = f"{row.section} · " if row.section_id else ""
        stops = (f" · {stop.text}" for stop in stops_of(row, timezone.now()))
        return {"note": f"{section}{row.get_status_display()}{''.join(stops)}"}
    if isinstance(row, Topic):
        return {"note": str(row.broader)} if row.broader else {}
    if isinstance(row, Author) and row.pen_name_of:
        return {"note": _("pen name of %s") % row.pen_name_of}
    if isinstance(row, Photo):
        texts = {name: getattr(row, name) for name in ("caption", "credit", "alt")}
        rights = format_rights(row)
        note = " · ".join(filter(None, [row.credit, rights]))
        return texts | {"thumbnail": thumbnail_url(row), "note": note, "rights": rights}
    return {}


def format_rights(photo):
    """The limits of a photo's use, on one line."""
    until = photo.rights_until
    if until:
        past = until < timezone.localdate()
        words = _("The rights ended on %s.") if past else _("may be used until %s")
        until = words % format_day(until)
    single = photo.get_licence_display() if photo.licence == Photo.Licence.SINGLE else ""
    own = _("not for others") if photo.not_for_others else ""
    notes = (line for line in photo.rights_note.splitlines() if line != photo.copyright)
    limits = [until, photo.territory, single, own, *notes]
    return " · ".join(filter(None, limits))


def preload(field, rows):
    """Give the picker of a form field the chosen rows, so that it need not query them."""
    widget = getattr(field.widget, "widget", field.widget)
    widget.known = [row for row in rows if row is not None]


class RowPicker(KnownRows, AutocompleteSelect):
    """Chooses one row."""


class RowPickersMixin:
    """Mixed into an admin or an inline: a RowPicker for each of its `autocomplete_fields`.

    Django's widget fails to render when what was submitted is no row's key.
    """

    hidden_links = {}
    """{field: the links to related pages that it does without}"""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        for link in self.hidden_links.get(db_field.name, ()):
            setattr(field.widget, f"can_{link}_related", False)
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = RowPicker(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class PickerView(AutocompleteJsonView):
    """Django's answers, with the `picker_facts` of each row."""

    def get_paginator(self, *args, **kwargs):
        return PickerPaginator(*args, **kwargs)

    def serialize_result(self, obj, to_field_name):
        return super().serialize_result(obj, to_field_name) | picker_facts(obj)
