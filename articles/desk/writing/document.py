"""A story's blocks as the editor's document, {"lead": [node], "body": [node]}, and back.

Each top-level node has an id, which stays when it is moved, split or joined. A run of prose is one
block, Text; every other node is one block of the kind that it names. `write` changes only the rows
that differ.
"""

import json
import re
import secrets
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ...library.characters import tidy
from ..blocks import BLOCK_MODELS, Caption, Gallery, Text, model_for
from ..blocks.caption import IN_GALLERY
from ..post import Post
from ..rich_text.cells import TooManyCells
from ..rich_text.sanitiser import MAX_CHARACTERS, clean, clean_stored
from .forbidden import refuse_forbidden
from .gallery_nodes import (
    add_picture,
    gallery_node,
    own_node,
    pictures_of,
    rows_of_node,
    with_new_ids,
    without_ids,
)
from .nodes import PROSE, Node, html_of, nodes_of, not_prose
from .rows import Row, column, read_rows
from .write_rows import Errors, write_rows

Document = dict[str, list[Node]]

REGIONS = ("lead", "body")

MAX_NODES = 5_000
"""Top-level nodes of a story: more than any has."""

MAX_PICTURES = 1_000
"""Pictures of a gallery that a save takes; readers get fewer (see `Gallery`)."""

_ID = re.compile("[A-Za-z0-9-]{1,40}")


class InvalidDocument(Exception):
    """Nodes that cannot be stored: `errors` is {id: [sentence]}."""

    def __init__(self, errors: Errors) -> None:
        self.errors = errors
        super().__init__(errors)


@dataclass
class Stored:
    """A story as it is stored: its rows, and the document that they make."""

    rows: list[Row]
    document: Document


def read(post: Post) -> Stored:
    """The blocks of a post, in one query."""
    rows = read_rows(post)
    return Stored(rows, document_of(rows))


def write(post: Post, stored: Stored, document: Document, *, by: User) -> Errors:
    """Store a normalised document in place of the one that is stored.

    Call it in the transaction of the save, with the post locked. Raises PermissionDenied when this
    person may not change the post, or what stands in it of a kind. Blocks that break a rule of
    their kind stay as they are stored, and their errors are returned.
    """
    if document == stored.document:
        return {}
    refuse_forbidden(post, stored.document, document, by=by)
    return write_rows(post, stored.rows, rows_of_document(document))


def document_of(rows: list[Row]) -> Document:
    """The document of a story's rows, which stand in the order of reading."""
    document: Document = {region: [] for region in REGIONS}
    for row in rows:
        if row.region == IN_GALLERY:
            add_picture(document["body"], row)
        else:
            document[row.region] += _nodes_of_row(row)
    return document


def _nodes_of_row(row: Row) -> list[Node]:
    if row.kind != Text.kind:
        return [gallery_node(row) if row.kind == Gallery.kind else own_node(row)]
    row.attrs["html"] = clean_stored(row.attrs["html"])
    nodes = nodes_of(row.attrs["html"])
    for node, key in zip(nodes, row.fill_ids(len(nodes)), strict=True):
        node["attrs"] = {"id": key, **node.get("attrs", {})}
    return nodes


def document_of_data(regions: dict[str, list[dict]], stored: Document) -> Document:
    """The document of a story's frozen blocks, {region: [block as `as_data` gives it]}.

    Nodes that stand in the stored document too, word for word, keep their ids: who has the story
    open sees that only the others were changed.
    """
    free: dict[str, list[Node]] = defaultdict(list)
    for node in (node for nodes in stored.values() for node in nodes):
        free[_without_id(node)].append(node)

    def with_id(node: Node) -> Node:
        if known := free.get(_without_id(node)):
            return known.pop(0)
        return node | {"attrs": {"id": secrets.token_hex(5)} | node.get("attrs", {})}

    return {
        region: [
            with_id(node) for block in regions.get(region, []) for node in _nodes_of_data(block)
        ]
        for region in REGIONS
    }


def _nodes_of_data(block: dict[str, Any]) -> list[Node]:
    model = model_for(block["kind"])
    if model is Text:
        return nodes_of(clean_stored(block["html"]))
    attrs = model.attrs_of(block)
    if model is Gallery:
        attrs = {**attrs, "pictures": with_new_ids(attrs["pictures"])}
    return [{"type": model.kind, "attrs": attrs}]


def _without_id(node: Node) -> str:
    attrs = without_ids(node.get("attrs", {}))
    return json.dumps([node["type"], attrs, node.get("content")], sort_keys=True)


def normalise(document: object, stored: Document | None = None) -> Document:
    """A document that a browser sent, as it would be read again once it is stored.

    Empty prose is left out; ids that are missing or stand twice are replaced. Nodes that are as
    they are stored may exceed limits that are newer than they. Raises InvalidDocument with the
    sentences for each node, and ValidationError for what is no document.
    """
    if not isinstance(document, dict) or not all(
        isinstance(document.get(region), list) for region in REGIONS
    ):
        raise not_prose()
    kept = {node["attrs"]["id"]: node for nodes in (stored or {}).values() for node in nodes}
    if sum(len(document[region]) for region in REGIONS) > max(MAX_NODES, len(kept)):
        raise too_many_nodes()
    errors: Errors = {}
    known: set[str] = set()
    found = {
        region: [
            node for sent in document[region] for node in _normalised(sent, known, errors, kept)
        ]
        for region in REGIONS
    }
    if errors:
        raise InvalidDocument(errors)
    return found


def too_many_nodes() -> ValidationError:
    return ValidationError(_("The story has too many parts. Join some."), code="too_many_nodes")


def _normalised(
    node: Any, known: set[str], errors: Errors, kept: dict[str, Node]
) -> Iterator[Node]:
    """The node as it is stored: none if it is empty."""
    attrs = node.get("attrs") if isinstance(node, dict) else None
    if not isinstance(attrs, dict):
        raise not_prose()
    key = _new_id(attrs.get("id"), known)
    kind = node.get("type")
    if node == kept.get(key) and not pictures_of(node):
        yield node
    elif isinstance(kind, str) and kind in PROSE:
        try:
            stored = nodes_of(clean(html_of(node)))
        except ValidationError as error:
            errors[key] = error.messages
            return
        for number, part in enumerate(stored):
            part["attrs"] = {"id": f"{key[:30]}-{number}" if number else key} | part.get(
                "attrs", {}
            )
            yield part
    else:
        try:
            found: dict[str, Any] = {"id": key, **_own_attrs(kind, attrs)}
        except TooManyCells as error:
            errors[key] = error.messages
            return
        if kind == Gallery.kind:
            found["pictures"] = _normalised_pictures(attrs.get("pictures", []), known)
        yield {"type": kind, "attrs": found}


def _normalised_pictures(pictures: Any, known: set[str]) -> list[dict[str, str]]:
    if not isinstance(pictures, list) or len(pictures) > MAX_PICTURES:
        raise not_prose()
    if len(pictures) + len(known) > MAX_NODES + MAX_PICTURES:
        raise too_many_nodes()
    found = []
    for attrs in pictures:
        if not isinstance(attrs, dict):
            raise not_prose()
        found.append({"id": _new_id(attrs.get("id"), known), **_own_attrs(Caption.kind, attrs)})
    return found


def _new_id(key: Any, known: set[str]) -> str:
    """The id of a node that a browser sent; another one where it has none, or one that stands
    twice."""
    if not isinstance(key, str) or not _ID.fullmatch(key) or key in known:
        key = secrets.token_hex(5)
    known.add(key)
    return key


def _own_attrs(kind: Any, attrs: dict[str, Any]) -> dict[str, str]:
    """The attributes of a node of its own kind, tidied as their columns are."""
    model = BLOCK_MODELS.get(kind) if isinstance(kind, str) else None
    if model is None or model is Text:
        raise not_prose()
    found = {}
    for name, path in model.node.items():
        value = attrs.get(name, "")
        if not isinstance(value, str):
            raise not_prose()
        value = tidy(value)  # addresses, too, whose columns tidy nothing
        found[name] = value if "__" in path else column(model, path).to_python(value)
    return found


def rows_of_document(document: Document) -> list[Row]:
    """The rows, not stored yet, of a normalised document."""
    rows: list[Row] = []
    for region in REGIONS:
        for is_prose, run in groupby(document[region], lambda node: node["type"] in PROSE):
            nodes = list(run)
            rows += _text_rows(region, nodes) if is_prose else _own_rows(region, nodes)
    return rows


def _text_rows(region: str, nodes: list[Node]) -> Iterator[Row]:
    """A run of prose as one row; as several if it is longer than a text may be."""
    row = Row(kind=Text.kind, region=region, attrs={"html": ""})
    for node in nodes:
        html = clean_stored(html_of(node, limit=False))
        if row.ids and len(row.attrs["html"]) + len(html) > MAX_CHARACTERS:
            yield row
            row = Row(kind=Text.kind, region=region, attrs={"html": ""})
        row.attrs["html"] += html
        row.ids.append(node["attrs"]["id"])
    yield row


def _own_rows(region: str, nodes: list[Node]) -> Iterator[Row]:
    for node in nodes:
        yield from rows_of_node(node, region)
