"""The texts that a story takes from the library: they change without the story."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from ..library.pictures.in_blocks import pictures_in
from .blocks import PICTURE_MODELS, Film, Sound
from .post import Post

PICTURE_TEXTS = ("caption", "credit", "alt")
RECORDING_TEXTS = ("title", "caption", "credit", "transcript")

LibraryWords = dict[str, dict[str, str]]
"""{photo's slug: {field: text}}; of a recording "film:" or "sound:" and its slug"""


def of_document(document: dict[str, Any]) -> LibraryWords:
    """The library's texts in a document."""
    blocks = [block for region in document["regions"].values() for block in region]
    played = (block for block in blocks if "recording" in block)
    return _not_overridden([*pictures_in(blocks), *played])


def of_post(post: Post) -> LibraryWords:
    """The library's texts that a post shows now."""
    models = (*PICTURE_MODELS, Film, Sound)
    rows = (row for model in models for row in model.with_related().filter(parent=post))
    return _not_overridden({"kind": row.kind, **row.as_data()} for row in rows)


def digest(words: LibraryWords) -> str:
    """The same for the same texts."""
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()


def _not_overridden(blocks: Iterable[dict[str, Any]]) -> LibraryWords:
    """The texts of blocks (as in documents) that the story does not override."""
    found: LibraryWords = {}
    for block in blocks:
        if "recording" in block:
            says, names, of = block["recording"], list(RECORDING_TEXTS), f"{block['kind']}:"
        elif block.get("picture") and "own" in block:
            says, names, of = block["picture"], list(PICTURE_TEXTS), ""
        else:
            continue
        texts = {name: says[name] for name in names if not block["own"].get(name)}
        found.setdefault(of + says["slug"], {}).update(texts)
    return found
