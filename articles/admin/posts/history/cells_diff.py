"""Two versions of a table as one: rows and columns that came and went, words that changed."""

from itertools import zip_longest

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from rapidfuzz.distance import LCSseq

from ....desk.rich_text.cells import plain_rows
from .prose_diff import marked_prose


def marked_rows(diff, old, new):
    """[{change, cells: [{change, html}]}] of two lists of rows; a change is "", "changed", "added"
    or "removed". `diff` is the page's TextDiff."""
    columns = paired(_headings(old), _headings(new))
    shared = [(a, b) for a, b in columns if a is not None and b is not None]
    keys = (
        [tuple(row[a] for a, _b in shared) for row in old],
        [tuple(row[b] for _a, b in shared) for row in new],
    )
    return [_row(diff, old, new, pair, columns) for pair in paired(*keys)]


def paired(old, new):
    """[(place in the one, place in the other)], None where there is none: what is equal, and what
    stands in its place."""
    pairs, a, b = [], 0, 0
    for block in LCSseq.editops(old, new).as_matching_blocks():
        pairs += zip_longest(range(a, block.a), range(b, block.b))
        pairs += [(block.a + n, block.b + n) for n in range(block.size)]
        a, b = block.a + block.size, block.b + block.size
    return pairs


def _headings(rows):
    """What columns are known by: their first cell, or their place where several say the same."""
    cells = plain_rows(rows[:1])[0] if rows else []
    return [cell if cells.count(cell) == 1 else str(n) for n, cell in enumerate(cells)]


def _row(diff, old, new, pair, columns):
    before, after = pair
    cells = [
        _cell(
            diff,
            None if before is None or a is None else old[before][a],
            None if after is None or b is None else new[after][b],
        )
        for a, b in columns
    ]
    change = "added" if before is None else "removed" if after is None else ""
    return {"change": change, "cells": cells}


def _cell(diff, old, new):
    if old is None:
        return {"change": "added", "html": format_html("<ins>{}</ins>", mark_safe(new or ""))}
    if new is None:
        return {"change": "removed", "html": format_html("<del>{}</del>", mark_safe(old))}
    if old == new:
        return {"change": "", "html": mark_safe(new)}
    return {"change": "changed", "html": marked_prose(diff, old, new)}
