"""The words by which the library finds a photo: folded, with case, accents and hyphens alike.

A word typed is looked for where a word begins, in the form that it shares with its other forms:
street, streets and Street find the same.
"""

from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL
from django.db.models.query_utils import DeferredAttribute

from .stored_as_django import StoredAsDjango
from .words.compounds import compounds_of
from .words.tokenizer import MAX_WORD_LENGTH, fold, site_language, tokenize

FIELDS = ("caption", "credit", "alt", "keywords", "agency", "copyright", "slug")
MAX_WORDS_HELD = 2_000
MAX_WORDS = 8
COLUMN = '"articles_photo"."words"'
LEXEMES = f"array_to_tsvector(string_to_array({COLUMN}, ' '))"
"""What the index on PostgreSQL is of."""


def folded_words(text: str) -> list[str]:
    """The words of a text, folded, each as long as the index takes it."""
    parts = (part for word in tokenize(text) for part in word.split("_"))
    return [folded[:MAX_WORD_LENGTH] for part in parts if (folded := fold(part))]


def words_of(photo: Any) -> str:
    """Every word by which a photo is found, once, with spaces between."""
    text = "\n".join(getattr(photo, name) or "" for name in FIELDS)
    words = dict.fromkeys([*folded_words(text), *sorted(compounds_of(text))])
    return " ".join(list(words)[:MAX_WORDS_HELD])


def beginnings(typed: str) -> list[str]:
    """What words have to begin with that match what was typed."""
    return [_beginning(word) for word in folded_words(typed)[:MAX_WORDS]]


def _beginning(word: str) -> str:
    stem = site_language().stem_of(word)
    return stem if word.startswith(stem) else word


def words_match(typed: str) -> models.Q:
    """That a photo has all words typed, each where one of its own begins."""
    if not (starts := beginnings(typed)):
        return models.Q(pk__in=[])
    if connection.vendor == "postgresql":
        query = " & ".join(f"'{start}':*" for start in starts)
        return models.Q(_sql(f"{LEXEMES} @@ %s::tsquery", query))
    return models.Q(*(_sql(f"' ' || {COLUMN} LIKE %s", f"% {start}%") for start in starts))


def _sql(condition: str, value: str) -> RawSQL:
    # Our own constants; what was typed is a parameter, and of letters and digits alone.
    return RawSQL(condition, [value], output_field=models.BooleanField())  # noqa: S611


class _WordsOfPhoto(DeferredAttribute):
    """Computed on every access, so that each way to store a photo stores the right words."""

    def __get__(self, instance: Any, cls: type | None = None) -> Any:
        return self if instance is None else words_of(instance)

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class PhotoWordsField(StoredAsDjango, models.TextField):
    """The photo's own `words_of`."""

    descriptor_class = _WordsOfPhoto

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        options: dict[str, Any] = {
            "blank": True,
            "default": "",
            "db_default": "",
            "editable": False,
        }
        super().__init__(*args, **options | kwargs)
