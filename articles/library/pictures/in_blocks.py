"""The pictures in the blocks of a document, also those that a gallery holds."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .renditions import PictureDict


def pictures_in(blocks: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What shows a picture in blocks, in the order of reading: {picture, …}, and of what may have
    words of its own for it also `own`."""
    for block in blocks:
        if block.get("picture"):
            yield block
        yield from block.get("pictures") or ()


def with_pictures(
    block: dict[str, Any], change: Callable[[PictureDict], PictureDict | None]
) -> dict[str, Any]:
    """A block with each of its pictures as a function gives it."""
    if block.get("picture"):
        block = {**block, "picture": change(block["picture"])}
    if block.get("pictures"):
        block = {**block, "pictures": [with_pictures(each, change) for each in block["pictures"]]}
    return block
