"""The field of a rich text: cleaned on its way in; what cleaning makes equal has not changed."""

from django.core.exceptions import ValidationError
from django_prose_editor.fields import ProseEditorField, ProseEditorFormField

from .prose import clean


class ProseFormField(ProseEditorFormField):
    """Rich text in a form."""

    def has_changed(self, initial, data):
        initial, data = initial or "", data or ""
        if not super().has_changed(initial, data):
            return False
        try:
            return clean(initial) != clean(data)
        except ValidationError:
            # Of texts that are too long, only the ends of lines are known to be no change.
            return initial.replace("\r\n", "\n") != data.replace("\r\n", "\n")


class ProseField(ProseEditorField):
    """Rich text in a table, in the one form of canonical.py."""

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": ProseFormField} | kwargs)
