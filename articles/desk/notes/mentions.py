"""Colleagues whom a note mentions: @ with their name, or with that of their account."""

import unicodedata

from django.contrib.auth.models import User

from ..colleagues import colleagues_who_may
from .leave_note import SEES_STORIES

MOST = 10
"""Colleagues who are told of one note."""


def mentioned(text: str) -> list[User]:
    """The colleagues who are mentioned in a text, in order; no query where there is no @."""
    if "@" not in text:
        return []
    folded = _fold(text)
    found: dict[int, User] = {}
    names = [
        (_fold(f"@{name}"), person)
        for person in colleagues_who_may(SEES_STORIES)
        for name in (person.get_full_name(), person.get_username())
        if name
    ]
    # The longest first: “@Anna Brown” does not mention another Anna too.
    for name, person in sorted(names, key=lambda each: -len(each[0])):
        at = folded.find(name)
        while at >= 0:
            end = at + len(name)
            if _stands_alone(folded, at, end):
                found.setdefault(at, person)
                folded = folded[:at] + " " * len(name) + folded[end:]
            at = folded.find(name, end)
    people = dict.fromkeys(found[at] for at in sorted(found))
    return list(people)[:MOST]


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether it is a mention and not a part of an address of mail or of a longer name."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or after.isalnum())


def _fold(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
