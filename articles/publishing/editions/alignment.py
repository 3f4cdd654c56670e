"""Alignment: which piece of one document has become which of another, and what was moved."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel, LCSseq

from .pieces import Piece

ALIKE = 0.4
"""How much of two paragraphs' words must be the same for one to have become the other."""
MAX_PAIRS = 20_000
"""Pairs of paragraphs that are compared for one page; beyond, only near ones are."""

Status = Literal["same", "changed", "added", "removed"]


@dataclass(frozen=True)
class Pair:
    """A piece before and after; None where it was not there. `moved` says that it stands elsewhere
    among the others; `left` that this line is the place that it was moved from."""

    old: Piece | None
    new: Piece | None
    moved: bool = False
    left: bool = False

    @property
    def status(self) -> Status:
        if self.old is None:
            return "added"
        if self.new is None:
            return "removed"
        return "same" if self.old.key == self.new.key else "changed"


def align(old: Sequence[Piece], new: Sequence[Piece], *, most: int = MAX_PAIRS) -> list[Pair]:
    """The pieces of two documents in pairs, in the order of the newer; what was removed, or moved
    away, stands where it was. Takes bounded work."""
    partners = _partners(old, new, most=most)
    staying = _staying(partners, old, new)
    lines: dict[int, list[Pair]] = defaultdict(list)
    anchor = -1
    by_old = {i: j for j, i in partners.items()}
    for i, piece in enumerate(old):
        j = by_old.get(i)
        if j in staying:
            anchor = j
        elif j is None:
            lines[anchor].append(Pair(piece, None))
        else:
            lines[anchor].append(Pair(piece, new[j], moved=True, left=True))
    pairs = lines[-1]
    for j, piece in enumerate(new):
        before = old[partners[j]] if j in partners else None
        pairs.append(Pair(before, piece, moved=before is not None and j not in staying))
        pairs += lines.get(j, ())
    return pairs


def _partners(old: Sequence[Piece], new: Sequence[Piece], *, most: int) -> dict[int, int]:
    """The place in the older of each piece of the newer that was there, changed or not."""
    partners: dict[int, int] = {}
    matching = LCSseq.editops([p.key for p in old], [p.key for p in new]).as_matching_blocks()
    for block in matching:
        partners.update({block.b + n: block.a + n for n in range(block.size)})
    free: dict[str, list[int]] = defaultdict(list)
    for i in sorted(set(range(len(old))) - set(partners.values()), reverse=True):
        free[old[i].key].append(i)
    for j, piece in enumerate(new):
        if j not in partners and free[piece.key]:
            partners[j] = free[piece.key].pop()
    _pair_likely(old, new, partners, most=most)
    return partners


def _pair_likely(
    old: Sequence[Piece], new: Sequence[Piece], partners: dict[int, int], *, most: int
) -> None:
    """Pair what is left by likeness: the likest first, and of equals the nearest."""
    taken = set(partners.values())
    left = [i for i in range(len(old)) if i not in taken]
    right = [j for j in range(len(new)) if j not in partners]
    reach = max(1, most // max(1, len(right))) // 2 + 1
    found = []
    for rank, j in enumerate(right):
        # The same share of the way through what is left of both.
        middle = rank * len(left) // len(right)
        near = left[max(0, middle - reach) : middle + reach]
        likeness = ((_likeness(old[i], new[j]), i) for i in near)
        found += [(-alike, abs(i - j), i, j) for alike, i in likeness if alike]
    for _unlikeness, _distance, i, j in sorted(found):
        if i not in taken and j not in partners:
            partners[j] = i
            taken.add(i)
    _pair_replaced(old, new, partners)


def _pair_replaced(old: Sequence[Piece], new: Sequence[Piece], partners: dict[int, int]) -> None:
    """Pair a block that is not text with one of its kind that took its place, as a picture does."""
    taken = set(partners.values())
    for j, piece in enumerate(new):
        if j in partners or piece.html:
            continue
        i = partners.get(j - 1, -1) + 1
        if i < len(old) and i not in taken and old[i].kind == piece.kind:
            partners[j] = i
            taken.add(i)


def _likeness(old: Piece, new: Piece) -> float:
    """0 for pieces of which one cannot have become the other; up to 1."""
    if old.kind != new.kind:
        return 0
    if old.subject or new.subject:
        return float(old.subject == new.subject)
    return Indel.normalized_similarity(old.words, new.words, score_cutoff=ALIKE)


def _staying(partners: dict[int, int], old: Sequence[Piece], new: Sequence[Piece]) -> set[int]:
    """The places in the newer of the most pieces that are in the same order in both, and in the
    same region (longest increasing subsequence)."""
    ends: list[int] = []  # the least place in the older that ends a sequence of each length
    holders: list[int] = []  # and the piece of the newer that it is
    before: dict[int, int | None] = {}
    for j in sorted(partners):
        i = partners[j]
        if old[i].region != new[j].region:
            continue
        length = bisect_left(ends, i)
        before[j] = holders[length - 1] if length else None
        ends[length : length + 1] = [i]
        holders[length : length + 1] = [j]
    staying: set[int] = set()
    step = holders[-1] if holders else None
    while step is not None:
        staying.add(step)
        step = before[step]
    return staying
