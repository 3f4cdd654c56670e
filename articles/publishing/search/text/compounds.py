"""Compounds: what one writes with a hyphen, another writes as one word (e-mail, email).

The index holds both forms of what is joined, and a question asks for either.
"""

import re
from functools import lru_cache
from itertools import pairwise

from .tokenizer import LETTERS, LONGEST, cut, fold

MOST_PARTS = 6
MOST = 2_000
"""Words of one text that have further forms."""
_JOINTS = "-\u00ad\u2010\u2011\u2013\u2212'\u2019\u02bc\u2018.&/"
UNIT = re.compile(f"{LETTERS}++(?:[{_JOINTS},]{LETTERS}++)*+")
"""A word, or words that are joined."""
_PLAIN_UNIT = re.compile(r"\w++(?:[-'.&/,]\w++)*+", re.ASCII)
_NUMBERED = re.compile(r"(?:[^\W\d_]+[0-9]+|[0-9]{3,})[^\W\d_]+")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[.,'\u2019][0-9]{3})+")
_A_DAY = re.compile(r"[0-9]{1,2}/[0-9]{1,2}")  # 9/11
_ENDING = re.compile(r"(?<=[0-9])[^\W\d_]+$")


def units_of(text):
    """The UNITs of a text, in order."""
    return (_PLAIN_UNIT if text.isascii() else UNIT).findall(text)


def compounds_of(text):
    """The further forms of a text's words, folded: of “e-mail” email, of “P-8A” p8a and p8."""
    units = {unit for unit in units_of(text) if not unit.isalpha() and len(unit) <= LONGEST * 2}
    return {form for unit in sorted(units)[:MOST] for form in forms_of(unit)}


@lru_cache(maxsize=65_536)
def forms_of(unit):
    """The further forms of one word, or of words that are joined, folded."""
    parts = cut(unit)
    if len(parts) > MOST_PARTS:
        return ()
    whole = joined(unit)
    forms = [whole] if len(parts) > 1 else []
    if len(parts) == 3:  # in pre-COVID-19 there is COVID-19
        forms += [joined(f"{one}-{other}") for one, other in pairwise(parts)]
    # P-8A is looked for as P-8 too, and 1990s as 1990.
    if _NUMBERED.fullmatch(whole):
        forms.append(_ENDING.sub("", whole))
    return tuple(form for form in forms if form and len(form) <= LONGEST)


def joined(unit):
    """Joined words as one, folded; "" where nobody would write them so (3.5, 2016-17, a,b)."""
    parts = cut(unit)
    whole = fold("".join(parts))
    if whole.isdecimal():
        return whole if _THOUSANDS.fullmatch(unit) or _A_DAY.fullmatch(unit) else ""
    return "" if "," in unit else whole


def is_initials(unit):
    """Whether these are single letters with dots between, as in U.S."""
    parts = cut(unit)
    return len(parts) > 1 and "." in unit and all(len(part) == 1 for part in parts)
