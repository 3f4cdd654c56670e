"""Compounds: what one writes with a hyphen, another writes as one word (e-mail, email).

The index holds both forms of what is joined, and a query may have either.
"""

import re
from functools import lru_cache
from itertools import filterfalse, pairwise

from .tokenizer import LETTERS, MAX_WORD_LENGTH, fold, tokenize

MAX_PARTS = 6
MAX_COMPOUNDS = 2_000
"""Words of one text that have further forms."""
_JOINTS = "-\u00ad\u2010\u2011\u2013\u2212'\u2019\u02bc\u2018.&/"
UNIT = re.compile(f"{LETTERS}++(?:[{_JOINTS},]{LETTERS}++)*+")
"""A word, or words that are joined."""
_ASCII_UNIT = re.compile(r"\w++(?:[-'.&/,]\w++)*+", re.ASCII)
# Of a unit that is more than letters, in the form that is found quickest.
_ASCII_COMPOUND = re.compile(r"[-'.&/,0-9_](?:(?<=[0-9_])|(?=\w))", re.ASCII)
_NUMBERED = re.compile(r"(?:[^\W\d_]+[0-9]+|[0-9]{3,})[^\W\d_]+")
# 10,000 or 9/11
_NUMBER = re.compile(r"[0-9]{1,3}(?:[.,'\u2019][0-9]{3})+|[0-9]{1,2}/[0-9]{1,2}")
_ENDING = re.compile(r"(?<=[0-9])[^\W\d_]+$")


def units_in(text: str) -> list[str]:
    """The UNITs of a text, in order."""
    return (_ASCII_UNIT if text.isascii() else UNIT).findall(text)


def compounds_of(text: str) -> set[str]:
    """The further forms of a text's words, folded: of “e-mail” email, of “P-8A” p8a and p8."""
    if text.isascii() and not _ASCII_COMPOUND.search(text):
        return set()
    # No unit reaches across a space, and most words are letters only: the pattern sees the others.
    others = " ".join(filterfalse(str.isalpha, set(text.split())))
    units = {u for u in units_in(others) if not u.isalpha() and len(u) <= MAX_WORD_LENGTH * 2}
    return {form for unit in sorted(units)[:MAX_COMPOUNDS] for form in forms_of(unit)}


@lru_cache(maxsize=10_000)
def forms_of(unit: str) -> tuple[str, ...]:
    """The further forms of one word, or of words that are joined, folded."""
    parts = tokenize(unit)
    if len(parts) > MAX_PARTS:
        return ()
    whole = joined(unit)
    forms = [whole] if len(parts) > 1 else []
    if len(parts) == 3:  # in pre-COVID-19 there is COVID-19
        forms += [joined(f"{one}-{other}") for one, other in pairwise(parts)]
    # P-8A is looked for as P-8 too, and 1990s as 1990.
    if _NUMBERED.fullmatch(whole):
        forms.append(_ENDING.sub("", whole))
    return tuple(form for form in forms if form and len(form) <= MAX_WORD_LENGTH)


def joined(unit: str) -> str:
    """Joined words as one, folded; "" where nobody would write them so (3.5, 2016-17, a,b)."""
    whole = fold("".join(tokenize(unit)))
    apart = not _NUMBER.fullmatch(unit) if whole.isdecimal() else "," in unit
    return "" if apart else whole


def is_initials(unit: str) -> bool:
    """Whether these are single letters with dots between, as in U.S."""
    parts = tokenize(unit)
    return len(parts) > 1 and "." in unit and all(len(part) == 1 for part in parts)
