"""Packing: an edition's document and body in one compressed value, since both hold its words.

Publishing stores them as JSON, because the release before reads no packed ones. Bulk work packs at
once, and `manage.py pack_editions` the rest.
"""

import json
import zlib
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from ...library.pictures.in_blocks import pictures_in
from ...library.stored_as_django import StoredAsDjango

PARTS = ("document", "body")
WORDS = (*PARTS, "packed")
"""The fields with an edition's words: what lists leave in the database."""

# What editions have in common, so that none has to hold it. Packed values cannot be read without.
_COMMON = (
    b"the of to and a in that is was for on with as by at from it were had said be has have not"
    b" but an would who which their they after been he she will its more this than one about out"
    b' {"format":1,"uuid":"","source":"desk","source_id":"","language":"","translation_of":null,'
    b'"headline":"","slug":"","kicker":"","standfirst":"","byline":"","section":{"name":"",'
    b'"slug":""},"authors":[{"name":"","slug":""}],"topics":[{"name":"","slug":""},{"name":"",'
    b'"slug":""}],"regions":{"lead":[{"kind":"caption","own":{"caption":"","credit":"","alt":""},'
    b'"picture":{"slug":"","token":"","width":1800,"height":1200,"focus_x":50,"focus_y":50,'
    b'"formats":["avif","webp","jpg"],"series":2,"caption":"","credit":"","alt":""}}],"body":['
    b'{"kind":"pullquote","text":"","attribution":""},{"kind":"relatedlink","label":"watch",'
    b'"headline":"","title":"","url":"","story":""},{"kind":"text","html":"<h2></h2><ul><li><p>'
    b'</p></li></ul><blockquote><p><a href=\\"https://www." rel=\\"noopener\\"><strong></strong>'
    b'</a><em></em></p></blockquote><p></p>"}]}}\n[{"html":"<p></p>\\n"},{"links":[{"label":'
    b'"read","headline":"","title":"","url":"","story":""}]}]'
)


def pack(document: dict, body: list[dict]) -> bytes:
    """The body, then the document with the body for a dictionary: pages read the first alone."""
    body_text, document_text = (
        json.dumps(part, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")).encode()
        for part in (body, document)
    )
    return _compressed(body_text, _COMMON) + _compressed(document_text, _COMMON + body_text)


def unpack(packed: bytes, part: str) -> Any:
    """One of the PARTS."""
    reader = zlib.decompressobj(zdict=_COMMON)
    text = reader.decompress(packed)
    if part == "document":
        text = zlib.decompressobj(zdict=_COMMON + text).decompress(reader.unused_data)
    return json.loads(text)


def _compressed(text: bytes, dictionary: bytes) -> bytes:
    packer = zlib.compressobj(zdict=dictionary)
    return packer.compress(text) + packer.flush()


def references_in(document: dict, body: list[dict]) -> dict:
    """The stories and photos that packed words name, for SQL: {links: [{story}], photos: [slug]},
    the links as in a body."""
    links = [link["story"] for piece in body for link in piece.get("links", ()) if link["story"]]
    blocks = [block for blocks in document["regions"].values() for block in blocks]
    return {
        "links": [{"story": story} for story in links],
        "photos": [each["picture"]["slug"] for each in pictures_in(blocks)],
    }


class _Part(DeferredAttribute):
    """Of an instance that has no such value: unpacked when it is asked for, and kept."""

    def __get__(self, edition: Any, owner: Any = None) -> Any:
        name = self.field.attname
        if edition is not None and name not in vars(edition) and edition.packed:
            vars(edition)[name] = unpack(edition.packed, name)
        return super().__get__(edition, owner)


class PartField(StoredAsDjango, models.JSONField):
    """One of the PARTS: JSON, or nothing where it is packed."""

    descriptor_class = _Part
