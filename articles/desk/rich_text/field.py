"""Model and form field of rich text: a form has changed only if the sanitised texts differ."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django_prose_editor.fields import ProseEditorField, ProseEditorFormField

from .sanitiser import clean


class ProseFormField(ProseEditorFormField):
    def has_changed(self, initial: str | None, data: str | None) -> bool:
        initial, data = initial or "", data or ""
        if not super().has_changed(initial, data):
            return False
        try:
            return clean(initial) != clean(data)
        except ValidationError:
            # One is too long to be sanitised: all that browsers change are the line ends.
            return initial.replace("\r\n", "\n") != data.replace("\r\n", "\n")


class ProseField(ProseEditorField):
    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"form_class": ProseFormField} | kwargs)
