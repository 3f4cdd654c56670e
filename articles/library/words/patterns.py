"""Patterns that find typed words in a column as it stands, with the folding of the search.

For the desk, whose rows are written on many ways and have no index of words. A pattern means the
same to PostgreSQL and to Python's `re`, which SQLite asks.
"""

import re
from functools import cache

from .tokenizer import MAX_WORD_LENGTH, fold, tokenize

_SCRIPTS = [(0x41, 0x24F), (0x370, 0x52F), (0x1E00, 0x1FFF), (0xFF10, 0xFF5A)]
_HYPHEN = re.compile("[\u2010-\u2013-]")
# Accents of their own, apostrophes, hyphens, and what stands in U.S. and AT&T.
_BETWEEN = "[\u0300-\u036f\u00ad'\u2018\u2019\u02bc.&/\u2010-\u2013-]*"
_APART = _BETWEEN.replace("[", "[ \u00a0", 1)


def pattern_of(text: str) -> str:
    """The pattern that finds a typed word; of signs alone, these signs. Where a hyphen was typed
    there may be a space."""
    parts = map(_letters_of, _HYPHEN.split(text[: MAX_WORD_LENGTH * 2]))
    found = _APART.join(_pattern(letters) for letters in parts if letters)
    return found or re.escape(text[:MAX_WORD_LENGTH])


def _letters_of(text: str) -> str:
    return fold("".join(tokenize(text)))[:MAX_WORD_LENGTH]


def _pattern(letters: str) -> str:
    pairs = "|".join(pair for pair in _variants() if len(pair) == 2)
    return _BETWEEN.join(map(_one_of, re.findall(f"{pairs}|.", letters, re.DOTALL)))


def prefix_pattern(text: str) -> str:
    """The pattern that finds a typed word where a word begins."""
    return f"(?:^|[^\\w]){pattern_of(text)}"


def _one_of(letters: str) -> str:
    """The pattern of a letter, or of two that one character may be folded to (æ)."""
    variants = _variants().get(letters, "")
    if len(letters) == 2:
        return f"(?:{_BETWEEN.join(map(_one_of, letters))}|[{variants}])"
    return f"[{letters}{variants}]" if variants else letters


@cache
def _variants() -> dict[str, str]:
    """Folded letters → the characters that are folded to them."""
    found: dict[str, str] = {}
    for first, last in _SCRIPTS:
        for character in map(chr, range(first, last + 1)):
            folded = fold(character)
            if character.isalnum() and folded != character and 0 < len(folded) < 3:
                found[folded] = found.get(folded, "") + character
    return found
