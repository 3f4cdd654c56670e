"""Patterns that find typed words in a column as it stands, with the folding of the search.

For the desk, whose rows are written on many ways and have no index of words. A pattern means the
same to PostgreSQL and to Python's `re`, which SQLite asks.
"""

import re
from functools import cache

from .tokenizer import LONGEST, cut, fold

_SCRIPTS = [(0x41, 0x24F), (0x370, 0x52F), (0x1E00, 0x1FFF), (0xFF10, 0xFF5A)]
# Accents of their own, apostrophes, hyphens, and what stands in U.S. and AT&T.
_BETWEEN = "[\u0300-\u036f\u00ad'\u2018\u2019\u02bc.&/\u2010-\u2013-]*"


def pattern_of(text):
    """The pattern that finds a typed word; of signs alone, these signs."""
    letters = fold("".join(cut(text)))[:LONGEST]
    if not letters:
        return re.escape(text[:LONGEST])
    parts, at = [], 0
    while at < len(letters):
        pair = letters[at : at + 2]
        if len(pair) == 2 and pair in _variants():
            apart = _BETWEEN.join(map(_class, pair))
            parts.append(f"(?:{apart}|{_class(pair)})")
        else:
            pair = pair[0]
            parts.append(_class(pair))
        at += len(pair)
    return _BETWEEN.join(parts)


def beginning_of(text):
    """The pattern that finds a typed word where a word begins."""
    return f"(?:^|[^\\w]){pattern_of(text)}"


def whole_of(text):
    """The pattern that finds a text whose words are these and no more."""
    return "^[^\\w]*" + "[^\\w]+".join(map(pattern_of, text.split()[:12])) + "[^\\w]*$"


def _class(letters):
    variants = _variants().get(letters, "")
    return f"[{letters if len(letters) == 1 else ''}{variants}]" if variants else letters


@cache
def _variants():
    """Folded letters → the characters that are folded to them."""
    found = {}
    for first, last in _SCRIPTS:
        for character in map(chr, range(first, last + 1)):
            folded = fold(character)
            if character.isalnum() and folded != character and 0 < len(folded) < 3:
                found[folded] = found.get(folded, "") + character
    return found
