"""Merges the order of blocks three ways, by their ids."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from .merge_alignment import aligned

BODY = ""
"""Stands in a line of ids where the body begins."""


class Order(NamedTuple):
    """The ids of a document's blocks."""

    lead: list[str]
    body: list[str]

    def line(self) -> list[str]:
        return [*self.lead, BODY, *self.body]


def merge_order(base: Order, theirs: Order, mine: Order, keep: Collection[str]) -> list[str]:
    """The blocks to keep in a line, with BODY between lead and body.

    Their line, with what I moved or put in placed after the block that it follows in mine, and
    after what they put in there. What was put in after a block goes with it when it is moved.
    """
    line = [each for each in theirs.line() if each in keep or each == BODY]
    my_line = [each for each in mine.line() if each in keep or each == BODY]
    place = _to_place(base, theirs, mine, line, my_line)
    known = {*base.line(), *mine.line()}
    line, followers = _without(line, place, known)
    previous = None
    for each in my_line:
        if each in place:
            at = 0 if previous is None else line.index(previous) + 1
            while at < len(line) and line[at] not in known:
                at += 1
            line[at:at] = [each, *followers.get(each, ())]
        previous = each
    return line


def _to_place(
    base: Order, theirs: Order, mine: Order, line: list[str], my_line: list[str]
) -> set[str]:
    """What stands where I have it: put in or moved by me, and not where it belongs already."""
    old, here = set(base.line()), set(line)
    unmoved, my_unmoved = _unmoved(base, theirs), _unmoved(base, mine)
    fixed = unmoved & my_unmoved & here & set(my_line)
    both = {
        each
        for each in my_line
        if each in here and each not in fixed and (each not in old or each not in my_unmoved)
    }
    in_place: set[str] = set()
    for a, b in zip(_gaps(line, fixed, both), _gaps(my_line, fixed, both), strict=True):
        in_place.update(each for each, at in zip(a, aligned(a, b), strict=True) if at >= 0)
    return {each for each in my_line if each not in here} | (both - in_place)


def _unmoved(base: Order, side: Order) -> set[str]:
    found = {BODY}
    for old, new in zip(base, side, strict=True):
        found.update(each for each, at in zip(old, aligned(old, new), strict=True) if at >= 0)
    return found


def _gaps(line: Sequence[str], fixed: set[str], wanted: set[str]) -> list[list[str]]:
    """The wanted ids between the fixed ones."""
    gaps: list[list[str]] = [[]]
    for each in line:
        if each in fixed:
            gaps.append([])
        elif each in wanted:
            gaps[-1].append(each)
    return gaps


def _without(
    line: list[str], place: set[str], known: set[str]
) -> tuple[list[str], dict[str, list[str]]]:
    """(the line without the blocks to place, what they put in after each of these)."""
    left: list[str] = []
    followers: dict[str, list[str]] = {}
    leader = None
    for each in line:
        if each in place:
            leader = each
        elif each in known or leader is None:
            leader = None
            left.append(each)
        else:
            followers.setdefault(leader, []).append(each)
    return left, followers


def in_run_order(
    line: list[str], run: Sequence[str], base: Collection[str], mine: Collection[str]
) -> list[str]:
    """The line with the parts of a split block in the order of their words: theirs go where they
    belong among mine, with what they put in before them."""
    for group in _split_groups(run, base):
        if [each for each in line if each in group] == group:
            continue
        for previous, each in zip(["", *group], group, strict=False):
            if each in base or each in mine or not previous:
                continue
            end = line.index(each) + 1
            start = end - 1
            while start and line[start - 1] not in {*base, *mine, *group, BODY}:
                start -= 1
            part = line[start:end]
            line = [*line[:start], *line[end:]]
            at = line.index(previous) + 1
            line[at:at] = part
    return line


def _split_groups(run: Iterable[str], base: Collection[str]) -> Iterable[list[str]]:
    """The ids of a run, cut before each block that was there before but the first."""
    groups: list[list[str]] = [[]]
    has_old = False
    for each in run:
        if each in base:
            if has_old:
                groups.append([])
            has_old = True
        groups[-1].append(each)
    return groups


def close_behind(line: list[str], about: dict[str, str]) -> list[str]:
    """The line with each of `about` right after the block it is about, where that stands."""
    here = set(line) - about.keys()
    moved = {each: of for each, of in about.items() if of in here}
    behind: dict[str, list[str]] = {}
    for each in line:
        if each in moved:
            behind.setdefault(moved[each], []).append(each)
    out: list[str] = []
    for each in line:
        if each not in moved:
            out += [each, *behind.get(each, ())]
    return out
