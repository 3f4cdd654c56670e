"""Questions: what a reader typed, understood and bounded.

Words must all be there; "words in quotes" stand together; -word keeps stories out; OR (in
capitals) joins two questions. What makes no sense is passed over: no text is an error.
"""

import re
from dataclasses import dataclass, field

from .words import WORD, site_language

MOST_CHARACTERS = 300
MOST_TERMS = 12

_PIECE = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')


@dataclass(frozen=True)
class Group:
    """Phrases (tuples of stems; a word is a phrase of one) that must and must not be there."""

    wanted: tuple = ()
    unwanted: tuple = ()


@dataclass(frozen=True)
class Query:
    """A question: stories that answer one group or more. False when it asks for nothing."""

    words: str
    groups: tuple = field(default=())

    def __bool__(self):
        return bool(self.groups)

    @property
    def stems(self):
        """The stems to be marked in a story."""
        return {stem for group in self.groups for phrase in group.wanted for stem in phrase}

    @property
    def has_phrase(self):
        """Whether words must stand together, which an index alone cannot tell everywhere."""
        return any(
            len(phrase) > 1 for group in self.groups for phrase in group.wanted + group.unwanted
        )


def tidy(words):
    """What was typed, in one line, without what cannot be shown, and not too long."""
    text = words[: MOST_CHARACTERS * 4]
    text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())[:MOST_CHARACTERS].strip()


def parse(words):
    """The Query of what was typed."""
    words = tidy(words)
    analyse = site_language()
    groups, wanted, unwanted, terms = [], [], [], 0
    for minus, quoted, bare in _PIECE.findall(words):
        if bare == "OR" and not minus:
            groups.append((wanted, unwanted))
            wanted, unwanted = [], []
            continue
        phrase = tuple(analyse.stems(quoted or bare))
        if not phrase or terms >= MOST_TERMS:
            continue
        phrase = phrase[: MOST_TERMS - terms]
        terms += len(phrase)
        (unwanted if minus else wanted).append(phrase)
    groups.append((wanted, unwanted))
    return Query(
        words,
        tuple(Group(tuple(wanted), tuple(unwanted)) for wanted, unwanted in groups if wanted),
    )


def typed(words):
    """The words of what was typed that are not operators, as they stand, with their places."""
    return [found for found in WORD.finditer(words) if found.group() != "OR"]
