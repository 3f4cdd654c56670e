"""The texts that a story takes from the picture library: they change without the story."""

import hashlib
import json
from typing import Any

from ..library.pictures.in_blocks import pictures_in
from .blocks import PICTURE_MODELS
from .post import Post

PICTURE_TEXTS = ("caption", "credit", "alt")

LibraryWords = dict[str, dict[str, str]]
"""{photo's slug: {field: text}}"""


def of_document(document: dict[str, Any]) -> LibraryWords:
    """The library's texts in a document."""
    blocks = (block for region in document["regions"].values() for block in region)
    return _not_overridden([each for each in pictures_in(blocks) if "own" in each])


def of_post(post: Post) -> LibraryWords:
    """The library's texts that a post shows now."""
    blocks = [
        block for model in PICTURE_MODELS for block in model.with_related().filter(parent=post)
    ]
    return _not_overridden([data for block in blocks if "own" in (data := block.as_data())])


def digest(words: LibraryWords) -> str:
    """The same for the same texts."""
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()


def _not_overridden(captions: list[dict[str, Any]]) -> LibraryWords:
    """The texts of caption blocks (as in documents) that the story does not override."""
    found: LibraryWords = {}
    for block in captions:
        texts = {name: block["picture"][name] for name in PICTURE_TEXTS if not block["own"][name]}
        found.setdefault(block["picture"]["slug"], {}).update(texts)
    return found
