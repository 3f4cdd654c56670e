"""Form fields of a post for several rows in order: its authors and its topics."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...library.author import Author
from ...library.naming.names import name_key
from ...library.topic import Topic
from ..parameters import is_key
from .pickers import KnownRows

NEW_TOPIC_PREFIX = "new:"
"""What the browser puts before a topic that was typed and not chosen."""

MAX_TOPICS = 40


class RowsPicker(KnownRows, AutocompleteSelectMultiple):
    """Chooses several rows, kept in the order in which they were chosen."""


class TopicsPicker(RowsPicker):
    """Chooses topics; the name of a new one may be typed."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return attrs | {"data-new-prefix": NEW_TOPIC_PREFIX, "data-new-hint": _("(new topic)")}

    def label(self, key, rows):
        if key.startswith(NEW_TOPIC_PREFIX):
            return key.removeprefix(NEW_TOPIC_PREFIX)
        return super().label(key, rows)


class InOrderField(forms.ModelMultipleChoiceField):
    """Several rows, in the order in which they were chosen."""

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
    def __init__(self, **kwargs):
        super().__init__(Author.objects.all(), **kwargs)


class TopicsField(InOrderField):
    """Existing topics, and the names of topics to be made when the story is saved."""

    may_add = False

    def __init__(self, **kwargs):
        super().__init__(Topic.objects.all(), **kwargs)

    def clean(self, value):
        value = [str(key) for key in value or ()]
        if len(value) > MAX_TOPICS:
            raise ValidationError(
                ngettext(
                    "A story has at most %d topic.", "A story has at most %d topics.", MAX_TOPICS
                )
                % MAX_TOPICS,
                code="too_many_topics",
            )
        new = [key for key in value if key.startswith(NEW_TOPIC_PREFIX)]
        chosen = super().clean([key for key in value if key not in new])
        named = [self.find_topic(key.removeprefix(NEW_TOPIC_PREFIX)) for key in new]
        return list({self.identity(topic): topic for topic in [*chosen, *named]}.values())

    def identity(self, topic):
        """The key by which `clean` removes duplicates among topics and names of new ones."""
        return name_key(topic) if isinstance(topic, str) else topic.pk

    def find_topic(self, name):
        """The topic with this name or alias, else the name of a new one."""
        name = forms.CharField(max_length=100).clean(name)
        if topic := Topic.objects.find_by_name(name):
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
