"""Pieces: a document's paragraphs and other blocks, one by one, as people read, compare and move
them. A text block of five paragraphs is five pieces."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any

from ...desk.post import Post
from ...desk.rich_text import sanitiser
from ...desk.rich_text.cells import words_of

TEXT = "text"
PROSE_TAGS = ("p", "h2", "h3", "ul", "ol", "blockquote")

_TAG = re.compile(r"<(/?)(p|h2|h3|ul|ol|li|blockquote)(?=[\s>])[^>]*+>")
_OUTERMOST = re.compile(r"<(\w+)")

# A database may give a document's keys back in another order.
REGIONS = tuple(region.key for region in Post.regions)
SHOWN_FIRST = ("caption", "headline", "text", "title", "label", "attribution", "credit", "provider")

NOT_SHOWN = {
    *("kind", "id", "own", "picture", "token", "formats", "series", "width", "height"),
    *("focus_x", "focus_y", "site", "sort", "name", "media_type", "bytes", "seconds"),
}
"""Keys of a block that the story's page says nothing of."""


@dataclass(frozen=True)
class Piece:
    """An outermost element of a text, or a block of another kind.

    `place` is its number in the document, `block` the block as the document has it, and
    `block_place` that block's number in its region. `html` is empty unless it is of a text.
    """

    region: str
    place: int
    block_place: int
    block: dict[str, Any]
    html: str = ""

    @property
    def kind(self) -> str:
        return self.block["kind"]

    @property
    def sort(self) -> str:
        """The tag of what is of a text, else the kind of block."""
        found = _OUTERMOST.match(self.html)
        return found[1] if found else self.kind

    @cached_property
    def key(self) -> str:
        """Equal for pieces that show the same."""
        return self.html or self.kind + json.dumps(self.shown, sort_keys=True, default=str)

    @cached_property
    def shown(self) -> dict[str, Any]:
        """What a block of another kind than text shows, the words that people know it by first."""
        picture = self.block.get("picture")
        parts = {**(picture or {}), **self.block}
        if "pictures" in parts:
            parts = {**parts, "pictures": "\n".join(map(_in_a_line, parts["pictures"]))}
        if recording := self.block.get("recording"):
            parts = recording | {"poster": picture["slug"] if picture else ""}
        names = sorted(parts.keys() - NOT_SHOWN, key=_in_order(SHOWN_FIRST))
        return {name: parts[name] for name in names}

    @cached_property
    def words(self) -> list[str]:
        """Its words without markup."""
        if self.html:
            return sanitiser.words_of(self.html)
        texts = [value for value in self.shown.values() if isinstance(value, str)]
        return " ".join([*texts, words_of(self.shown.get("rows", []))]).split()

    @property
    def subject(self) -> str:
        """What a block of another kind is about: the photo, story or page that it shows; or ""."""
        return next(
            (str(self.shown[name]) for name in ("url", "story", "slug") if self.shown.get(name)), ""
        )


def pieces_of(document: dict[str, Any]) -> list[Piece]:
    """The pieces of a document whose rich text is in canonical form (`in_one_form`)."""
    found: list[Piece] = []
    for region in sorted(document["regions"], key=_in_order(REGIONS)):
        for block_place, block in enumerate(document["regions"][region]):
            parts = split_prose(block["html"]) if "html" in block else [""]
            for html in parts:
                found.append(Piece(region, len(found), block_place, block, html))
    return found


def _in_a_line(shown: dict[str, Any]) -> str:
    """A picture of a gallery as people know it."""
    picture = shown["picture"]
    words = (picture[name] for name in ("slug", "caption", "credit", "alt"))
    return " · ".join(" ".join(each.split()) for each in words if each)


def _in_order(first: Sequence[str]) -> Callable[[str], tuple[int, str]]:
    """A sort key: these names in their order, then others by the alphabet."""
    return lambda name: (first.index(name) if name in first else len(first), name)


def regions_of(pieces: Iterable[Piece]) -> dict[str, list[dict[str, Any]]]:
    """The regions of a document with these pieces; neighbours of one text block are one again."""
    regions: dict[str, list[dict[str, Any]]] = defaultdict(list)
    seen = set()
    for (region, place), group in groupby(pieces, attrgetter("region", "block_place")):
        run = list(group)
        block = dict(run[0].block)
        if run[0].html:
            block["html"] = "".join(piece.html for piece in run)
        if (region, place) in seen:
            block.pop("id", None)  # the second half of a text that was parted
        seen.add((region, place))
        regions[region].append(block)
    return regions


def split_prose(html: str) -> list[str]:
    """The outermost elements of canonical HTML; joined, they are that HTML."""
    parts, depth, start = [], 0, 0
    for tag in _TAG.finditer(html):
        depth += -1 if tag[1] else 1
        if depth == 0:
            parts.append(html[start : tag.end()])
            start = tag.end()
    rest = html[start:]
    return [*parts, rest] if rest else parts
