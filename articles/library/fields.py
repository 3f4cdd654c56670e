"""Plain words as fields: tidied of unseen characters wherever they come from, and bounded."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.db import models

from .characters import tidy, tidy_line

MOST_WORDS = 5000
"""Characters in a field of plain words: more than any caption or standfirst needs."""


class TidyFormField(forms.CharField):
    """Plain words from a form; what tidying makes equal has not changed."""

    tidy = staticmethod(tidy)

    def to_python(self, value):
        value = super().to_python(value)
        return value if value in self.empty_values else self.tidy(value)

    def has_changed(self, initial, data):
        return super().has_changed(self.to_python(initial), data)


class LineFormField(TidyFormField):
    """Plain words on one line."""

    tidy = staticmethod(tidy_line)


class _Tidy:
    """Comes before one of Django's fields of text; for migrations it is that field."""

    tidy = staticmethod(tidy)
    form_class = TidyFormField

    def to_python(self, value):
        # Django asks this of forms, of fixtures, and of every value before it is written.
        value = super().to_python(value)
        return self.tidy(value) if isinstance(value, str) else value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": self.form_class} | kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.stored_as}", args, kwargs


class LineField(_Tidy, models.CharField):
    """Plain words on one line: a headline, a name, a credit."""

    tidy = staticmethod(tidy_line)
    form_class = LineFormField
    stored_as = "CharField"


class WordsField(_Tidy, models.TextField):
    """Plain words, in several lines perhaps: a standfirst, a caption, a note."""

    stored_as = "TextField"

    @property
    def validators(self):
        # Not `max_length`: a browser would cut off what is pasted, unsaid.
        return [*super().validators, MaxLengthValidator(MOST_WORDS)]
