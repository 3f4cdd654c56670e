"""Diffs of texts as markup, by words or sentences, in a bounded number of steps."""

import re
from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

MAX_STEPS = 1_000_000
"""Pieces of text looked at for one page: less than a second."""
MAX_EDIT_DISTANCE = 1000
"""In pieces; two texts that differ more are compared by sentences, or not at all."""

MAX_CHARACTERS = 500_000
"""In two texts that are compared: more than any two that can be stored."""

_WORDS = re.compile(r"\S++\s*+|\s++")
_SENTENCES = re.compile(r"[^\n.!?]++[\n.!?]*+\s*+|[\n.!?]++\s*+")


class TextDiff:
    """Diffs the texts of one page; coarser, or not at all, once the page's steps are used up."""

    def __init__(self, steps: int = MAX_STEPS):
        self.steps = steps

    def afford(self, steps: int) -> bool:
        """Spend some steps; whether there are any left."""
        self.steps -= steps
        return self.steps > 0

    def may_split(self, old: str, new: str) -> bool:
        """Whether two texts are short enough to be cut into pieces, and there are steps left."""
        return self.steps > 0 and len(old) + len(new) <= MAX_CHARACTERS

    def row(self, label: object, theirs: str, mine: str) -> dict[str, str]:
        """A row of a table that shows two versions side by side: {label, theirs, mine}."""
        left, right = self.marked(theirs, mine)
        return {"label": capfirst(str(label)), "theirs": left, "mine": right}

    def marked(self, theirs: str, mine: str) -> tuple[SafeString, SafeString]:
        """Both as markup: what only the first has in `<del>`, what only the second in `<ins>`."""
        left, right = [], []
        for same, old, new in self.parts(theirs, mine, [_WORDS], coarser=[_SENTENCES, _WORDS]):
            left.append(escape(old) if same or not old else f"<del>{escape(old)}</del>")
            right.append(escape(new) if same or not new else f"<ins>{escape(new)}</ins>")
        return mark_safe("".join(left)), mark_safe("".join(right))

    def parts(self, old, new, splitters, *, coarser=()) -> Iterator[tuple[bool, str, str]]:
        """(whether they are the same, part of the one, part of the other), in order."""
        if old == new or not (old and new and splitters) or not self.may_split(old, new):
            yield old == new, old, new
            return
        a, b = splitters[0].findall(old), splitters[0].findall(new)
        self.afford(len(a) + len(b))
        matches = self.matches(a, b)
        if matches is None:
            yield from self.parts(old, new, coarser)
            return
        x = y = 0
        for start, other, length in [*_runs(matches), (len(a), len(b), 0)]:
            if start > x or other > y:
                yield from self.parts("".join(a[x:start]), "".join(b[y:other]), splitters[1:])
            x, y = start + length, other + length
            if length:
                same = "".join(a[start:x])
                yield True, same, same

    def matches(self, a: list[str], b: list[str]) -> list[tuple[int, int]] | None:
        """Places of equal pieces, in order, on a shortest way from one list to the other.

        None when they are too far apart. (E. W. Myers, An O(ND) Difference Algorithm, 1986.)
        """
        furthest, history = {1: 0}, []
        for distance in range(min(len(a) + len(b), MAX_EDIT_DISTANCE) + 1):
            history.append(dict(furthest))
            for diagonal in range(-distance, distance + 1, 2):
                before = _previous(furthest, diagonal, distance)
                start = x = furthest[before] + (before < diagonal)
                while x < len(a) and 0 <= x - diagonal < len(b) and a[x] == b[x - diagonal]:
                    x += 1
                furthest[diagonal] = x
                if not self.afford(1 + x - start):
                    return None
                if x >= len(a) and x - diagonal >= len(b):
                    return _backtrack(history, len(a), len(b))
        return None


def _previous(furthest, diagonal, distance):
    """The diagonal from which one comes furthest to this one with one more difference."""
    below, above = diagonal - 1, diagonal + 1
    down = diagonal == -distance or (diagonal != distance and furthest[below] < furthest[above])
    return above if down else below


def _backtrack(history, x, y):
    """The pairs of equal pieces on the way that `history` led to (x, y)."""
    pairs = []
    for distance, furthest in reversed(list(enumerate(history))):
        before = _previous(furthest, x - y, distance)
        start = furthest[before]
        while x > start and y > start - before:
            x, y = x - 1, y - 1
            pairs.append((x, y))
        x, y = start, start - before
    return pairs[::-1]


def _runs(pairs):
    """Pairs that follow each other, as (first of the one, first of the other, how many)."""
    runs = []
    for x, y in pairs:
        if runs and (runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]) == (x, y):
            runs[-1][2] += 1
        else:
            runs.append([x, y, 1])
    return runs
