"""Galleries while a story is merged: their pictures are blocks of the body, so that what holds for
pictures holds for these."""

from collections import defaultdict
from typing import Any

from .merge_order import close_behind

Node = dict[str, Any]

GALLERY, PICTURE, ALTERNATIVE = "gallery", "caption", "alternative"
HOLDER = "gallery"
"""The attribute by which a picture names its gallery while it is apart."""


def with_pictures_apart(document: dict[str, list[Node]]) -> dict[str, list[Node]]:
    """A document with the pictures of each gallery behind it."""
    return {region: _apart(nodes) for region, nodes in document.items()}


def _apart(nodes: list[Node]) -> list[Node]:
    if all(node["type"] != GALLERY for node in nodes):
        return nodes
    found = []
    for node in nodes:
        if node["type"] != GALLERY:
            found.append(node)
            continue
        attrs = {name: value for name, value in node["attrs"].items() if name != "pictures"}
        found.append({**node, "attrs": attrs})
        found += (
            {"type": PICTURE, "attrs": {**picture, HOLDER: attrs["id"]}}
            for picture in node["attrs"]["pictures"]
        )
    return found


def with_pictures_together(document: dict[str, list[Node]]) -> dict[str, list[Node]]:
    """A document with the pictures that name a gallery in it, wherever they stand, and other
    wordings of theirs behind it. Where it is gone they are pictures of the story."""
    nodes = [node for region in document.values() for node in region]
    galleries = {node["attrs"]["id"] for node in nodes if node["type"] == GALLERY}
    if not galleries:
        return {region: [_alone(node) for node in nodes] for region, nodes in document.items()}
    held: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        if (holder := node["attrs"].get(HOLDER)) in galleries:
            held[holder].append(_attrs(node))
    holders = {each["id"]: gallery for gallery, pictures in held.items() for each in pictures}
    return {
        region: [_together(node, held) for node in _behind_holders(nodes, holders)]
        for region, nodes in document.items()
    }


def _behind_holders(nodes: list[Node], holders: dict[str, str]) -> list[Node]:
    """The nodes with other wordings of pictures right behind what holds these."""
    found = {node["attrs"]["id"]: node for node in nodes}
    about = {
        each: holders.get(node["attrs"]["about"], node["attrs"]["about"])
        for each, node in found.items()
        if node["type"] == ALTERNATIVE
    }
    line = [each for each in found if each not in holders]
    return [found[each] for each in close_behind(line, about)]


def _together(node: Node, held: dict[str, list[Node]]) -> Node:
    if node["type"] == GALLERY:
        pictures = held[node["attrs"]["id"]]
        return {**node, "attrs": {**node["attrs"], "pictures": pictures}}
    return _alone(node)


def _alone(node: Node) -> Node:
    return {**node, "attrs": _attrs(node)} if HOLDER in node["attrs"] else node


def _attrs(node: Node) -> dict[str, Any]:
    return {name: value for name, value in node["attrs"].items() if name != HOLDER}
