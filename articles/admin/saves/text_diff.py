"""Diffs of texts as markup, by words or by sentences."""

import re
from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from rapidfuzz.distance import LCSseq

MAX_CELLS = 250_000_000
"""Pairs of words compared for one page: a fifth of a second and 30 MB."""
MAX_CHARACTERS = 500_000
"""In two texts that are compared: more than any two that can be stored."""

_WORDS = re.compile(r"\S++\s*+|\s++")
_SENTENCES = re.compile(r"[^\n.!?]++[\n.!?]*+\s*+|[\n.!?]++\s*+")


class TextDiff:
    """Diffs the texts of one page; coarser, or not at all, where that would take too long."""

    def __init__(self) -> None:
        self.cells_left = MAX_CELLS

    def row(self, label: object, theirs: str, mine: str) -> dict[str, str]:
        """A row of a table that shows two versions side by side: {label, theirs, mine}."""
        left, right = self.marked(theirs, mine)
        return {"label": capfirst(str(label)), "theirs": left, "mine": right}

    def marked(self, theirs: str, mine: str) -> tuple[SafeString, SafeString]:
        """Both as markup: what only the first has in `<del>`, what only the second in `<ins>`."""
        left, right = [], []
        for same, old, new in self.parts(theirs, mine):
            left.append(escape(old) if same or not old else f"<del>{escape(old)}</del>")
            right.append(escape(new) if same or not new else f"<ins>{escape(new)}</ins>")
        return mark_safe("".join(left)), mark_safe("".join(right))

    def parts(self, old, new, splitters=(_WORDS, _SENTENCES)) -> Iterator[tuple[bool, str, str]]:
        """(whether they are the same, part of the one, part of the other), in order."""
        pieces = None if old == new or not (old and new) else self.split(old, new, splitters)
        if pieces is None:
            yield old == new, old, new
            return
        splitter, a, b = pieces
        x = y = 0
        # The last block is empty and stands at the end.
        for block in LCSseq.editops(a, b).as_matching_blocks():
            before = "".join(a[x : block.a]), "".join(b[y : block.b])
            if any(before):
                finer = (_WORDS,) if splitter is _SENTENCES else ()
                yield from self.parts(*before, finer)
            x, y = block.a + block.size, block.b + block.size
            if block.size:
                same = "".join(a[block.a : x])
                yield True, same, same

    def split(self, old, new, splitters):
        """(splitter, pieces of the one, pieces of the other) by the first that is affordable."""
        if len(old) + len(new) > MAX_CHARACTERS:
            return None
        for splitter in splitters:
            a, b = splitter.findall(old), splitter.findall(new)
            if (cells := len(a) * len(b)) <= self.cells_left:
                self.cells_left -= cells
                return splitter, a, b
        return None
