"""Merges the cells of a table three ways: row by row, cell by cell."""

from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

Line = tuple[str, ...]
"""A row, or a column."""


def merge_cells(base: str, theirs: str, mine: str) -> str | None:
    """The cells with what both did; None where they changed the same cell, or the rows and the
    columns around one."""
    rows = [_rows(each) for each in (base, theirs, mine)]
    if (merged := _merge_lines(*rows)) is not None:
        return _text(merged)
    columns = [[*zip(*each, strict=True)] for each in rows]
    if (merged := _merge_lines(*columns)) is not None:
        return _text([*zip(*merged, strict=True)])
    return None


def _rows(cells: str) -> list[Line]:
    rows = [line.split("\t") for line in cells.split("\n")]
    width = max(map(len, rows))
    return [(*row, *[""] * (width - len(row))) for row in rows]


def _text(rows: Sequence[Line]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def _merge_lines(base: list[Line], theirs: list[Line], mine: list[Line]) -> list[Line] | None:
    if len({len(line) for lines in (base, theirs, mine) for line in lines}) > 1:
        return None
    to_theirs, to_mine = _matches(base, theirs), _matches(base, mine)
    merged: list[Line] = []
    i = j = k = 0
    both = [at for at in range(len(base)) if at in to_theirs and at in to_mine]
    for at in [*both, len(base)]:
        end_j, end_k = to_theirs.get(at, len(theirs)), to_mine.get(at, len(mine))
        part = _merge_part(base[i:at], theirs[j:end_j], mine[k:end_k])
        if part is None:
            return None
        merged += [*part, *base[at : at + 1]]
        i, j, k = at + 1, end_j + 1, end_k + 1
    return merged


def _matches(base: Sequence[Line], other: Sequence[Line]) -> dict[int, int]:
    """{place in the base: place in the other} of the lines that are the same."""
    blocks = LCSseq.editops(base, other).as_matching_blocks()
    return {block.a + n: block.b + n for block in blocks for n in range(block.size)}


def _merge_part(base: list[Line], theirs: list[Line], mine: list[Line]) -> list[Line] | None:
    if theirs in (base, mine):
        return mine
    if mine == base:
        return theirs
    if len(base) == len(theirs) == len(mine):
        lines = [_merge_line(*three) for three in zip(base, theirs, mine, strict=True)]
        return None if None in lines else [line for line in lines if line is not None]
    for changed, moved in ((theirs, mine), (mine, theirs)):
        if (merged := _merge_moved(base, changed, moved)) is not None:
            return merged
    return None


def _merge_moved(base: list[Line], changed: list[Line], moved: list[Line]) -> list[Line] | None:
    """What the one changed in the lines that the other put in and took out; None where it changed
    those that went."""
    if len(changed) != len(base):
        return None
    places = _matches(base, moved)
    if any(changed[at] != base[at] for at in range(len(base)) if at not in places):
        return None
    new = {place: changed[at] for at, place in places.items()}
    return [new.get(at, line) for at, line in enumerate(moved)]


def _merge_line(base: Line, theirs: Line, mine: Line) -> Line | None:
    merged = []
    for b, t, m in zip(base, theirs, mine, strict=True):
        if t not in (b, m) and m != b:
            return None
        merged.append(t if m == b else m)
    return tuple(merged)
