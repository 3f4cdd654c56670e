"""Galleries in the editor's document: one node, {title, pictures: [{id, photo, caption, credit,
alt}]}, whose pictures are rows of their own."""

import secrets
from collections.abc import Iterator
from typing import Any

from ..blocks.caption import IN_GALLERY, Caption
from ..blocks.gallery import Gallery
from .nodes import Node
from .rows import Row

Picture = dict[str, str]


def own_node(row: Row) -> Node:
    return {"type": row.kind, "attrs": {"id": row.fill_ids(1)[0], **row.attrs}}


def gallery_node(row: Row) -> Node:
    """The node of a gallery, without pictures yet."""
    node = own_node(row)
    node["attrs"]["pictures"] = []
    return node


def add_picture(body: list[Node], row: Row) -> None:
    """Put the picture of a gallery into the one before it; alone where that is gone."""
    node = own_node(row)
    if body and body[-1]["type"] == Gallery.kind:
        body[-1]["attrs"]["pictures"].append(node["attrs"])
    else:
        body.append(node)


def pictures_of(node: Node) -> list[Picture]:
    """The pictures of a gallery; none of another node."""
    return node["attrs"]["pictures"] if node["type"] == Gallery.kind else []


def rows_of_node(node: Node, region: str) -> Iterator[Row]:
    """The row of a node, and those of the pictures that it holds."""
    attrs = {name: value for name, value in node["attrs"].items() if name not in ("id", "pictures")}
    yield Row(kind=node["type"], region=region, ids=[node["attrs"]["id"]], attrs=attrs)
    for picture in pictures_of(node):
        words = {name: value for name, value in picture.items() if name != "id"}
        yield Row(kind=Caption.kind, region=IN_GALLERY, ids=[picture["id"]], attrs=words)


def with_new_ids(pictures: list[Picture]) -> list[Picture]:
    return [{"id": secrets.token_hex(5), **each} for each in pictures]


def without_ids(attrs: dict[str, Any]) -> dict[str, Any]:
    """The attributes of a node without its id and those of its pictures."""
    found = {name: value for name, value in attrs.items() if name != "id"}
    if "pictures" in found:
        found["pictures"] = [without_ids(each) for each in found["pictures"]]
    return found
