"""The words of a story as one text, which every rule reads once, and where each stands."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ..blocks import (
    Caption,
    Chart,
    Embed,
    Film,
    Gallery,
    PullQuote,
    RelatedLink,
    Sound,
    Table,
    Text,
)
from ..blocks.base import Block
from ..post import Post
from ..rich_text import sanitiser
from ..rich_text.canonical import BLOCKS
from ..rich_text.cells import rows_of
from ..rich_text.tokens import attribute, tokenize

FIELDS = ("kicker", "headline", "standfirst", "byline", "change_note")
"""Of a post, in the order in which they are read."""

SEAM = "\n\x00\n"
"""Between two pieces: no text has it, and no rule finds words on both of its sides."""


class Piece(NamedTuple):
    """Some words and their place: a field, or the id of a node. `is_prose` is a paragraph or
    another part of the running text; `is_quote` is a quotation set as a block; `links` are the
    addresses that its words lead to."""

    place: str
    text: str
    is_prose: bool = False
    is_quote: bool = False
    links: tuple[str, ...] = ()


class StoryText:
    """The pieces of a story, and all of them as one `text`."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.pieces = [piece for piece in pieces if piece.text]
        self.text = SEAM.join(piece.text for piece in self.pieces)
        self._starts = [0]
        for piece in self.pieces:
            self._starts.append(self._starts[-1] + len(piece.text) + len(SEAM))

    def place_at(self, position: int) -> str:
        """The place of what stands at a position of the text."""
        return self.pieces[bisect_right(self._starts, position) - 1].place

    def where(self, place: str) -> str:
        """“headline”, “paragraph 3”: where a place is, in words; "" for what has no name."""
        if place in FIELDS:
            return str(getattr(Post, place).field.verbose_name)
        number = self._paragraphs.get(place)
        return _("paragraph %s") % number if number else ""

    @cached_property
    def _paragraphs(self) -> dict[str, int]:
        prose = (piece.place for piece in self.pieces if piece.is_prose)
        return {place: number for number, place in enumerate(prose, 1)}


def story_text(post: Post, blocks: Iterable[Block]) -> StoryText:
    """All words of a story that readers may see, in the order of reading."""
    fields = (Piece(name, getattr(post, name)) for name in FIELDS)
    return StoryText([*fields, *(piece for block in blocks for piece in pieces_of(block))])


def pieces_of(block: Block) -> Iterator[Piece]:
    if isinstance(block, Text):
        yield from _paragraphs(block)
    elif isinstance(block, Caption):
        picture = block.as_data()["picture"]
        for name in ("caption", "alt", "credit"):
            yield Piece(block.first_node, picture[name])
    elif isinstance(block, Film | Sound):
        recording = block.as_data()["recording"]
        for name in ("title", "caption", "credit"):
            yield Piece(block.first_node, recording[name])
    elif isinstance(block, PullQuote):
        yield Piece(block.first_node, block.text)
        yield Piece(block.first_node, block.attribution)
    elif isinstance(block, RelatedLink):
        yield Piece(block.first_node, block.headline or block.title)
    elif isinstance(block, Embed | Gallery):
        yield Piece(block.first_node, block.title)
    elif isinstance(block, Table):
        yield Piece(block.first_node, block.title)
        yield from _cells(block)
        yield Piece(block.first_node, block.source)
    elif isinstance(block, Chart):
        for name in ("title", "unit", "description"):
            yield Piece(block.first_node, getattr(block, name))
        yield from _cells(block)
        for name in ("note", "source"):
            yield Piece(block.first_node, getattr(block, name))


def _cells(block: Table | Chart) -> Iterator[Piece]:
    """The cells of a table that hold words, each with its links."""
    for row in rows_of(block.cells):
        for cell in filter(None, row):
            tokens = list(tokenize(cell))
            links = (attribute(each.attributes, "href") for each in tokens if each.tag == "a")
            text = "".join(each.text for each in tokens)
            yield Piece(block.first_node, text, links=tuple(filter(None, links)))


def _paragraphs(block: Text) -> Iterator[Piece]:
    """The top-level nodes of a text, each with its id."""
    found = list(_top_level(sanitiser.clean_stored(block.html)))
    ids = block.ids or []
    if len(ids) != len(found):  # as the writing screen names those that have none yet
        ids = [f"{block.kind}-{block.pk}-{number}" for number in range(len(found))]
    for key, (tag, text, links) in zip_longest(ids, found):
        yield Piece(key, text, is_prose=True, is_quote=tag == "blockquote", links=links)


def _top_level(html: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(tag, text, addresses) of each top-level element of HTML in canonical form."""
    depth, tag = 0, ""
    texts: list[str] = []
    links: list[str] = []
    for token in tokenize(html):
        if not token.tag:
            texts.append(token.text)
        elif token.tag == "br":
            texts.append("\n")
        elif token.tag == "a" and not token.is_end:
            links.append(attribute(token.attributes, "href"))
        elif token.tag in BLOCKS:
            if not depth:
                tag = token.tag
            depth += -1 if token.is_end else 1
            if depth:
                texts.append("\n")
                continue
            yield tag, "".join(texts).strip("\n"), tuple(links)
            texts, links = [], []
