"""Slugs, in any script."""

import re
import secrets
import unicodedata
from collections.abc import Callable
from itertools import chain
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..stored_as_django import StoredAsDjango

LONGEST = 120
"""Characters of the longest slug that any row has room for."""

MOST_BYTES = 240
"""Bytes of a slug that is made here: percent-encoded, each takes three characters."""

INSIDE_WORDS = re.compile("['\u2018\u2019\u02bc.,&\"]")
"""Removed without splitting the word: don't, U.S., 3,000."""

SPELLED = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d"})

_ASCII = re.compile("[a-zA-Z0-9_-]+")

# What Unicode calls “default ignorable” and files under letters and marks, not under formats.
FILLERS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


def without_unseen(text: str) -> str:
    """The text without invisible characters: formats, controls, fillers."""
    text = FILLERS.sub("", text)
    return "".join(sign for sign in text if unicodedata.category(sign) not in {"Cf", "Cc", "Cs"})


def tidy(slug: str) -> str:
    """A slug as it is stored: composed (NFC), without invisible characters."""
    return slug if slug.isascii() else unicodedata.normalize("NFC", without_unseen(slug))


def is_slug(text: str) -> bool:
    """Whether this can be a slug: letters, marks, digits, hyphens, underscores."""
    if not 0 < len(text) <= LONGEST:
        return False
    return bool(_ASCII.fullmatch(text)) or all(sign in "-_" or _is_of_word(sign) for sign in text)


def _is_of_word(sign: str, kinds: str = "LNM") -> bool:
    category = unicodedata.category(sign)
    return category[0] in kinds and category != "Me" and not FILLERS.match(sign)


def validate_slug(slug: str) -> None:
    if not (is_slug(slug) and _is_of_word(slug[0], "LN") and _is_of_word(slug[-1])):
        raise ValidationError(
            _(
                "An address is made of letters, digits, hyphens and underscores, "
                "and begins and ends with a letter or a digit."
            ),
            code="invalid",
        )


def make_slug(words: str, longest: int = LONGEST) -> str:
    """A slug of a text in its own script, cut between words; "" when it has no words."""
    folded = unicodedata.normalize("NFKC", words).lower().translate(SPELLED)
    kept = INSIDE_WORDS.sub("", folded.replace("\u200c", " "))
    apart = "".join(map(_plain, without_unseen(kept)))
    slug = ""
    for word in unicodedata.normalize("NFC", apart).split():
        longer = f"{slug}-{word}" if slug else _beginning(word, longest)
        if len(longer) > longest or len(longer.encode()) > MOST_BYTES:
            break
        slug = longer
    return slug if slug and _is_of_word(slug[0], "LN") else ""


def _plain(sign: str) -> str:
    """A Latin letter without its accents; any other character of a word as it is; else a space.

    In other scripts what looks like an accent may be a part of the word.
    """
    if not _is_of_word(sign):
        return " "
    base = unicodedata.normalize("NFKD", sign)[:1]
    return base if base.isascii() and base.isalpha() else sign


def _beginning(word: str, longest: int) -> str:
    """As much as fits of a single word that is too long."""
    return word[:longest].encode()[:MOST_BYTES].decode(errors="ignore")


def free_slug(words: str, is_taken: Callable[[str], bool], longest: int = LONGEST) -> str:
    """A slug of a text that is not taken: numbered if it must be, and a mere number when there are
    no words."""
    base = make_slug(words, longest - 8)
    if base and not is_taken(base):
        return base
    numbers = chain(range(2, 8), iter(lambda: secrets.randbelow(1_000_000) + 8, None))
    numbered = (f"{base}-{number}" if base else str(number) for number in numbers)
    return next(slug for slug in numbered if not is_taken(slug))


class SlugField(StoredAsDjango, models.SlugField):
    """A slug in any script, normalised."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"allow_unicode": True})
        # Django's own, the first, takes no combining marks.
        self.validators[0] = validate_slug

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return value if value is None else tidy(value)

    def formfield(self, **kwargs: Any) -> Any:
        return models.CharField.formfield(self, **kwargs)
