"""Which blocks of prose somebody split or joined, so that their words are merged as one."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from .merge_stream import Node, plain_text

Nodes = dict[str, Node]
"""Blocks by id."""


def runs(base: Nodes, theirs: Nodes, mine: Nodes) -> Iterator[set[str]]:
    """Sets of ids to be merged as one: blocks that somebody split or joined, else one each."""
    leader: dict[str, str] = {}

    def find(each: str) -> str:
        while (up := leader.get(each, each)) != each:
            each = up
        return each

    # What was merged before differs from mine as a version does from its base.
    for old, new in ((base, theirs), (base, mine), (theirs, mine), (mine, theirs)):
        for one, other in _split_or_joined(old, new):
            leader[find(one)] = find(other)
    groups: dict[str, set[str]] = {}
    for each in {**base, **theirs, **mine}:
        groups.setdefault(find(each), set()).add(each)
    yield from groups.values()


def _split_or_joined(old: Nodes, new: Nodes) -> Iterator[tuple[str, str]]:
    """Pairs of blocks between which words went when one of them appeared or vanished."""
    known = old.keys() & new.keys()
    before, beside = _neighbours(list(old), known), _neighbours(list(new), known)
    for each, neighbours in beside.items():
        gone = [other for other, place in before.items() if place == neighbours]
        for other in {*neighbours, *gone} - {""}:
            if _moved(old[other], new.get(other), new[each]) >= 0.5:
                yield each, other
    for each, neighbours in before.items():
        for other in set(neighbours) - {""}:
            if _moved(new[other], old[other], old[each]) >= 0.5:
                yield each, other


def _moved(has: Node, left: Node | None, part: Node) -> float:
    """How much of a block's words are what another has more than is left of it: 0 to 1. Each
    counts with the next, for single words say little."""
    words = plain_text([part]).split()
    size = 1 if len(words) < 3 else 2
    more = _count(has, size) - (_count(left, size) if left else Counter())
    wanted = _count(part, size)
    smaller = min(more.total(), wanted.total())
    return (more & wanted).total() / smaller if smaller else 0


def _count(node: Node, size: int) -> Counter[str]:
    words = plain_text([node]).split()
    return Counter(words) if size < 2 else Counter(map(" ".join, pairwise(words)))


def _neighbours(ids: list[str], known: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The nearest known blocks before and after those that are not: {id: (before, after)}."""
    known = set(known)
    before: dict[str, str] = {}
    last = ""
    for each in ids:
        if each in known:
            last = each
        else:
            before[each] = last
    found: dict[str, tuple[str, str]] = {}
    last = ""
    for each in reversed(ids):
        if each in known:
            last = each
        else:
            found[each] = (before[each], last)
    return found
