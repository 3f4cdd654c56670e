"""Plain text fields: tidied wherever the text comes from, and bounded in length."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.db import models

from .characters import tidy, tidy_line
from .stored_as_django import StoredAsDjango

MOST_WORDS = 5000
"""Characters in a field of plain words: more than any caption or standfirst needs."""


Tidy = Callable[[str], str]


class TidyFormField(forms.CharField):
    """Plain text. What becomes equal when tidied has not changed."""

    tidy: Tidy = staticmethod(tidy)

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return value if value in self.empty_values else self.tidy(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.to_python(initial), data)


class LineFormField(TidyFormField):
    tidy = staticmethod(tidy_line)


class _Tidy(StoredAsDjango):
    tidy: Tidy = staticmethod(tidy)
    form_class: type[TidyFormField] = TidyFormField

    def to_python(self, value: Any) -> Any:
        # Django calls this for forms, for fixtures, and in `full_clean`.
        value = super().to_python(value)
        return self.tidy(value) if isinstance(value, str) else value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": self.form_class} | kwargs)


class LineField(_Tidy, models.CharField):
    """A headline, a name, a credit."""

    tidy = staticmethod(tidy_line)
    form_class = LineFormField


class WordsField(_Tidy, models.TextField):
    """A standfirst, a caption, a note: perhaps several lines."""

    most = MOST_WORDS

    @property
    def validators(self) -> list[Any]:
        # Not `max_length`: a browser would silently cut off what is pasted.
        return [*super().validators, MaxLengthValidator(self.most)]
