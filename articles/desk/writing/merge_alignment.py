"""Where three versions of the same words agree, and where they can be cut into sentences."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import LCSseq

from .merge_tokens import Words, is_gap

MAX_CELLS = 250_000_000
"""Pairs of tokens that are compared; beyond it, only what two texts begin and end with."""
Shared = tuple[int, int, int]
"""(where it begins in the one, where in the other, how many tokens)"""


def aligned_three(base: Words, theirs: Words, mine: Words) -> tuple[Words, list[int], list[int]]:
    """The base, as if it had had what both put in at the same place, so that this stands once;
    with where its tokens stand in theirs and mine."""
    to_theirs, to_mine = _aligned_words(base, theirs), _aligned_words(base, mine)
    columns = _columns(base, theirs, mine, to_theirs, to_mine)
    if _new_words(theirs, to_theirs) & _new_words(mine, to_mine):
        # Theirs may have what I changed before: then it is mine that is between the others.
        across = _aligned_words(theirs, mine)
        from_mine = _columns(mine, base, theirs, _turned(to_mine, mine), _turned(across, mine))
        from_theirs = _columns(theirs, base, mine, _turned(to_theirs, theirs), across)
        columns = min(
            columns,
            [(b, t, m) for m, b, t in from_mine],
            [(b, t, m) for t, b, m in from_theirs],
            key=lambda each: _length(each, base, theirs, mine),
        )
    columns = [each for each in columns if each[0] >= 0 or min(each[1:]) >= 0]
    sources = [(base, b) if b >= 0 else (theirs, t) for b, t, _ in columns]
    merged = Words(
        [words.tokens[at] for words, at in sources], [words.styles[at] for words, at in sources]
    )
    return merged, [t for _, t, _ in columns], [m for *_, m in columns]


def _new_words(words: Words, places: list[int]) -> set[str]:
    added, _ = _added(places, len(words.tokens))
    return {words.tokens[at] for at in added if not is_gap(words.tokens[at])}


def _length(columns: list[Shared], *versions: Words) -> int:
    """Of all three in columns, with what stands in one only."""
    total = len(columns)
    if not columns:
        return sum(len(words.tokens) for words in versions)
    for words, places in zip(versions, zip(*columns, strict=True), strict=True):
        total += len(words.tokens) - sum(at >= 0 for at in places)
    return total


def _turned(places: list[int], words: Words) -> list[int]:
    """The same alignment from the other side."""
    turned = [-1] * len(words.tokens)
    for at, place in enumerate(places):
        if place >= 0:
            turned[place] = at
    return turned


def _columns(
    centre: Words, one: Words, other: Words, to_one: list[int], to_other: list[int]
) -> list[Shared]:
    """The centre's tokens and what both others put in at the same place: [(index in the centre,
    in the one, in the other)], -1 where it is not."""
    added, places = _added(to_one, len(one.tokens))
    other_added, other_places = _added(to_other, len(other.tokens))
    columns = [(at, *places) for at, places in enumerate(zip(to_one, to_other, strict=True))]
    if not added or not other_added:
        return columns
    shared = aligned([one.tokens[at] for at in added], [other.tokens[at] for at in other_added])
    merged: list[Shared] = []
    done = 0
    for at, other_at in enumerate(shared):
        if other_at < 0:
            continue
        place = max(done, places[at][0], other_places[other_at][0])
        if place <= min(places[at][1], other_places[other_at][1]):
            merged += columns[done:place]
            merged.append((-1, added[at], other_added[other_at]))
            done = place
    return merged + columns[done:]


def _added(places: list[int], length: int) -> tuple[list[int], list[tuple[int, int]]]:
    """The tokens of a side that are not the base's, and between which of the base's each stands:
    ([index], [(first, last place in the base)])."""
    added: list[int] = []
    between: list[tuple[int, int]] = []
    last_i = last_j = 0
    for i, j in [*enumerate(places), (len(places), length)]:
        if j < 0:
            continue
        added += range(last_j, j)
        between += [(last_i, i)] * (j - last_j)
        last_i, last_j = i + 1, j + 1
    return added, between


def includes(whole: Words, part: Words, base: Words) -> bool:
    """Whether one version has all that another changed, and changed more only in sentences that
    the other left as they were."""
    i = j = k = 0
    to_whole, to_base = _aligned_words(part, whole), _aligned_words(part, base)
    for end_i, end_j, end_k in cuts(part, whole, base, to_whole, to_base):
        here = part.tokens[i:end_i]
        if here != whole.tokens[j:end_j] and here != base.tokens[k:end_k]:
            return False
        i, j, k = end_i, end_j, end_k
    return True


def aligned(one: Sequence[str], other: Sequence[str]) -> list[int]:
    """Where each token of the one stands in the other; -1 for those that don't."""
    return _places(_blocks(one, other), len(one))


def _aligned_words(one: Words, other: Words) -> list[int]:
    blocks = _slide(_blocks(one.tokens, other.tokens), one, other)
    return _places(blocks, len(one.tokens))


def _places(blocks: list[Shared], length: int) -> list[int]:
    places = [-1] * length
    for i, j, size in blocks:
        places[i : i + size] = range(j, j + size)
    return places


def _blocks(one: Sequence[str], other: Sequence[str]) -> list[Shared]:
    """What two sequences share, in order."""
    start, end = 0, min(len(one), len(other))
    while start < end and one[start] == other[start]:
        start += 1
    tail = 0
    while tail < end - start and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    blocks = [(0, 0, start)]
    middle, others = one[start : len(one) - tail], other[start : len(other) - tail]
    if middle and others and len(middle) * len(others) <= MAX_CELLS:
        blocks += [
            (start + block.a, start + block.b, block.size)
            for block in LCSseq.editops(middle, others).as_matching_blocks()
            if block.size
        ]
    return [*blocks, (len(one) - tail, len(other) - tail, tail)]


def _slide(blocks: list[Shared], one: Words, other: Words) -> list[Shared]:
    """Moves what only one has to where a sentence begins, or else down as far as it goes, so
    that the same change, compared with different texts, is found at the same place: "A. [B. ]C"
    may also be read as "A[. B]. C"."""
    done = [blocks[0]]
    for i, j, size in blocks[1:]:
        last_i, last_j, last_size = done[-1]
        end_i, end_j = last_i + last_size, last_j + last_size
        if end_i == i and end_j < j:
            steps = _steps(other, end_j, j, last_size, size)
        elif end_j == j and end_i < i:
            steps = _steps(one, end_i, i, last_size, size)
        elif end_i == i and end_j == j:
            steps = size
        else:
            steps = 0
        done[-1] = (last_i, last_j, last_size + steps)
        done.append((i + steps, j + steps, size - steps))
        if size == steps:
            done.pop()
    return done


def _steps(words: Words, start: int, end: int, before: int, after: int) -> int:
    """How far down to move what stands from start to end, between as many shared tokens."""
    tokens, bounds = words.tokens, words.bounds
    down = 0
    while down < after and tokens[start + down] == tokens[end + down]:
        down += 1
    steps = down
    while steps > -before and tokens[start + steps - 1] == tokens[end + steps - 1]:
        if bounds[bisect_left(bounds, start + steps)] == start + steps:
            return steps
        steps -= 1
    is_bound = bounds[bisect_left(bounds, start + steps)] == start + steps
    return steps if is_bound else down


def cuts(
    centre: Words, one: Words, other: Words, to_one: list[int], to_other: list[int]
) -> Iterator[tuple[int, int, int]]:
    """Where all three can be cut: between sentences and around breaks, so that nothing which two
    of them share is on different sides. What one put in between is cut off on both sides."""
    last = (0, 0, 0)
    sides = (_Side(one, to_one), _Side(other, to_other))
    for i in centre.bounds:
        j, k = (side.cuts(i) for side in sides)
        if j is None or k is None:
            continue
        for cut in ((i, j[0], k[0]), (i, j[1], k[1])):
            if cut != last and cut[1] >= last[1] and cut[2] >= last[2]:
                last = cut
                yield cut
    end = len(centre.tokens), len(one.tokens), len(other.tokens)
    if last != end:
        yield end


class _Side:
    """Where one side of a merge can be cut."""

    def __init__(self, words: Words, places: list[int]) -> None:
        self.tokens, self.bounds, self.places = words.tokens, words.bounds, places

    def low(self, i: int) -> int:
        """After all that stands before the centre's token i."""
        return next((at + 1 for at in reversed(self.places[:i]) if at >= 0), 0)

    def high(self, i: int) -> int:
        """Before all that stands from the centre's token i on."""
        return next((at for at in self.places[i:] if at >= 0), len(self.tokens))

    def cuts(self, i: int) -> tuple[int, int] | None:
        """The first and the last place that is a cut before the centre's token i."""
        low, high = self.low(i), self.high(i)
        first = last = None
        if (i == 0 or self.places[i - 1] >= 0 or low == high) and self.is_bound(low):
            first = low
        if i == len(self.places) or self.places[i] >= 0:
            last = high
            while last > low and is_gap(self.tokens[last - 1]) and not self.is_bound(last):
                last -= 1
            if not self.is_bound(last):
                last = None
        found = [at for at in (first, last) if at is not None]
        return (found[0], found[-1]) if found else None

    def is_bound(self, at: int) -> bool:
        return self.bounds[bisect_left(self.bounds, at)] == at
