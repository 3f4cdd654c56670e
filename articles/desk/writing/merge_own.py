"""Merges a block of attributes (a picture, a related link, a quote) three ways."""

from typing import Any, NamedTuple

from .merge_cells import merge_cells
from .merge_words import merge_plain

Node = dict[str, Any]

TARGETS = {
    "caption": ("photo",),
    "relatedlink": ("story", "url"),
    "embed": ("url",),
    "film": ("recording",),
    "sound": ("recording",),
}
"""What a block points at. Two targets can't be merged into one, so both blocks stand."""
_ABOUT_TARGET = {
    "caption": ("caption", "credit", "alt"),
    "relatedlink": ("title", "headline"),
    "embed": ("title", "provider", "photo"),
    "film": ("title", "caption", "credit"),
    "sound": ("title", "caption", "credit"),
}
"""Words that may be true of one target only."""
CELLS = "cells"
"""The attribute of tables that holds rows of cells."""


class MergedBlock(NamedTuple):
    """`others` holds the attributes in conflict as they have them; `second` is their block, where
    it points at something else."""

    node: Node
    others: dict[str, str]
    second: Node | None = None


def merge_block(base: Node | None, theirs: Node, mine: Node) -> MergedBlock:
    """A block that both changed or both put in."""
    kind = mine["type"]
    if theirs["type"] != kind:
        return MergedBlock(mine, {}, theirs)
    old = base["attrs"] if base and base["type"] == kind else {}
    their_attrs, my_attrs = theirs["attrs"], mine["attrs"]
    target = TARGETS.get(kind, ())
    points = [tuple(attrs.get(key, "") for key in target) for attrs in (old, their_attrs, my_attrs)]
    moved, my_moved = points[1] != points[0], points[2] != points[0]
    if points[1] != points[2] and moved and my_moved:
        return MergedBlock(mine, {}, theirs)
    retargeted = points[1] != points[2]
    attrs: dict[str, Any] = {}
    others: dict[str, str] = {}
    for key in {**my_attrs, **their_attrs}:
        b, t, m = (each.get(key, "") for each in (old, their_attrs, my_attrs))
        # Words for the one target must not stand below the other unseen.
        other_changed = t != b if my_moved else m != b
        if retargeted and key in _ABOUT_TARGET.get(kind, ()) and t != m and other_changed:
            attrs[key], others[key] = m, str(t)
            continue
        attrs[key], other = _merge_value(key, target, b, t, m)
        if other is not None:
            others[key] = other
    return MergedBlock({**mine, "attrs": attrs}, others)


def _merge_value(
    key: str, target: tuple[str, ...], base: Any, theirs: Any, mine: Any
) -> tuple[Any, str | None]:
    """(the merged value, as they have it if that is in conflict)."""
    if theirs in (base, mine):
        return mine, None
    if mine == base:
        return theirs, None
    values = (base, theirs, mine)
    if key == CELLS:
        cells = merge_cells(*values)
        return (mine, theirs) if cells is None else (cells, None)
    if key in target or not all(isinstance(each, str) for each in values):
        return mine, str(theirs)
    if not any(character.isspace() for each in values for character in each):
        return mine, str(theirs)
    merged, other, conflict = merge_plain(*values)
    return merged, other if conflict else None
