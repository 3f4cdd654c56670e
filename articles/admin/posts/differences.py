"""What differs between texts, marked, in work that is bounded whatever they are."""

import re
from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

MOST_STEPS = 1_000_000
"""Pieces of text looked at for one page: less than a second."""
MOST_APART = 1000
"""Pieces in which two texts may differ; what differs more is another text."""

MOST_CHARACTERS = 500_000
"""In two texts that are compared: more than any two that can be stored."""

_WORDS = re.compile(r"\S++\s*+|\s++")
_SENTENCES = re.compile(r"[^\n.!?]++[\n.!?]*+\s*+|[\n.!?]++\s*+")


class Differences:
    """Marks what differs in the texts of one page; coarser when the page's work is used up."""

    def __init__(self, steps: int = MOST_STEPS):
        self.steps = steps

    def afford(self, steps: int) -> bool:
        """Whether there is work left for so many more pieces; then it is spent."""
        self.steps -= steps
        return self.steps > 0

    def may_cut(self, old: str, new: str) -> bool:
        """Whether two texts are short enough to be cut into pieces, and there is work left."""
        return self.steps > 0 and len(old) + len(new) <= MOST_CHARACTERS

    def marked(self, theirs: str, mine: str) -> tuple[SafeString, SafeString]:
        """Both as markup: what only the first has in `<del>`, what only the second in `<ins>`."""
        left, right = [], []
        for same, old, new in self.parts(theirs, mine, [_WORDS], otherwise=[_SENTENCES, _WORDS]):
            left.append(escape(old) if same or not old else f"<del>{escape(old)}</del>")
            right.append(escape(new) if same or not new else f"<ins>{escape(new)}</ins>")
        return mark_safe("".join(left)), mark_safe("".join(right))

    def parts(self, old, new, cuts, *, otherwise=()) -> Iterator[tuple[bool, str, str]]:
        """(whether they are the same, part of the one, part of the other), in order."""
        if old == new or not (old and new and cuts) or not self.may_cut(old, new):
            yield old == new, old, new
            return
        a, b = cuts[0].findall(old), cuts[0].findall(new)
        self.afford(len(a) + len(b))
        alike = self.alike(a, b)
        if alike is None:
            yield from self.parts(old, new, otherwise)
            return
        x = y = 0
        for start, other, length in [*_runs(alike), (len(a), len(b), 0)]:
            if start > x or other > y:
                yield from self.parts("".join(a[x:start]), "".join(b[y:other]), cuts[1:])
            x, y = start + length, other + length
            if length:
                same = "".join(a[start:x])
                yield True, same, same

    def alike(self, a: list[str], b: list[str]) -> list[tuple[int, int]] | None:
        """Places of equal pieces, in order, on a shortest way from one list to the other.

        None when they are too far apart. (E. W. Myers, An O(ND) Difference Algorithm, 1986.)
        """
        reach, rounds = {1: 0}, []
        for apart in range(min(len(a) + len(b), MOST_APART) + 1):
            rounds.append(dict(reach))
            for line in range(-apart, apart + 1, 2):
                start = x = _from(reach, line, apart)
                while x < len(a) and 0 <= x - line < len(b) and a[x] == b[x - line]:
                    x += 1
                reach[line] = x
                if not self.afford(1 + x - start):
                    return None
                if x >= len(a) and x - line >= len(b):
                    return _way_back(rounds, len(a), len(b))
        return None


def _from(reach, line, apart):
    """How far one comes on a diagonal with one more difference."""
    if line == -apart or (line != apart and reach[line - 1] < reach[line + 1]):
        return reach[line + 1]
    return reach[line - 1] + 1


def _way_back(rounds, x, y):
    pairs = []
    for apart in range(len(rounds) - 1, -1, -1):
        reach, line = rounds[apart], x - y
        down = line == -apart or (line != apart and reach[line - 1] < reach[line + 1])
        before = line + 1 if down else line - 1
        start = reach[before]
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
