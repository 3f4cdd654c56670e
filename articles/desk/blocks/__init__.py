"""The registry: every kind of block that a story may hold.

A kind is a model here (its fields, its part of the document, what is missing in it) and a
template, `templates/blocks/<kind>.html`. docs/adding-a-block.md lists what else a kind touches.
"""

from .alternative import Alternative
from .base import Block
from .caption import Caption
from .chart import Chart
from .embed import Embed
from .film import Film
from .gallery import Gallery
from .pull_quote import PullQuote
from .related_link import RelatedLink
from .sound import Sound
from .table import Table
from .text import Text

BLOCK_MODELS: dict[str, type[Block]] = {
    model.kind: model
    for model in (
        Text,
        Caption,
        Gallery,
        RelatedLink,
        PullQuote,
        Embed,
        Table,
        Chart,
        Film,
        Sound,
        Alternative,
    )
}

PICTURE_MODELS: tuple[type[Caption] | type[Embed], ...] = (Caption, Embed)
"""The kinds with a `photo`."""


def model_for(kind: str) -> type[Block]:
    """The model of a kind of block. Raises UnknownKind for a kind that nobody registered."""
    try:
        return BLOCK_MODELS[kind]
    except KeyError:
        raise UnknownKind(kind) from None


class UnknownKind(Exception):
    """A document holds a kind of block that this newsroom does not know."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            f"No kind of block is called {kind!r}; there are: {', '.join(BLOCK_MODELS)}."
        )
