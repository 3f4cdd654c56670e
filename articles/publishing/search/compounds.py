"""Compounds: what one writes with a hyphen, another writes as one word (e-mail, email).

The index holds both forms of what is joined, and a question asks for either.
"""

import re
from itertools import pairwise

from .words import LETTERS, LONGEST, cut, fold

MOST_PARTS = 6
MOST = 2_000
"""Further forms of one text."""
_JOINTS = "-\u00ad\u2010\u2011\u2013\u2212'\u2019\u02bc\u2018.&/"
_JOINED = re.compile(f"(?<!{LETTERS}){LETTERS}++(?:[{_JOINTS},]{LETTERS}++)++")
_NUMBERED = re.compile(r"\b[^\W\d_]+[0-9]+[^\W\d_]+\b|\b[0-9]{3,}[^\W\d_]+\b")
UNIT = re.compile(f"{LETTERS}++(?:[{_JOINTS},]{LETTERS}++)*+")
"""A word, or words that are joined."""
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[.,'\u2019][0-9]{3})+")
_A_DAY = re.compile(r"[0-9]{1,2}/[0-9]{1,2}")  # 9/11
_ENDING = re.compile(r"(?<=[0-9])[^\W\d_]+$")


def compounds_of(text):
    """The further forms of a text's words, folded: of “e-mail” email, of “P-8A” p8a and p8."""
    found = dict.fromkeys(form for unit in _JOINED.findall(text) for form in forms_of(unit))
    for word in _NUMBERED.findall(text):
        found[_ENDING.sub("", fold(word))] = None
    return [form for form in found if form and len(form) <= LONGEST][:MOST]


def forms_of(unit):
    """The further forms of words that are joined, folded."""
    parts = cut(unit)
    whole = joined(unit)
    if not 1 < len(parts) <= MOST_PARTS or not whole:
        return []
    forms = [whole]
    if len(parts) == 3:  # in pre-COVID-19 there is COVID-19
        forms += [joined(f"{one}-{other}") for one, other in pairwise(parts)]
    # P-8A is looked for as P-8 too.
    if len(parts[0]) < len(whole) and parts[0].isalpha() and _ENDING.search(whole):
        forms.append(_ENDING.sub("", whole))
    return forms


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
