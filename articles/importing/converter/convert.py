"""From the HTML of an old site to its pieces: what makes them, by tag."""

import re
from itertools import groupby

from ..incoming import CLASSIC
from .embeds import player
from .figures import figure, image
from .lists_and_quotes import enclosed
from .markup import as_elements
from .pieces import Converted, Piece, Prose
from .prose import preformatted
from .shortcodes import short
from .tables import table
from .tree import tree_of
from .walker import Blocks, Walker, container
from .wordpress_blocks import wp_block

BLOCKS: Blocks = {
    **dict.fromkeys(
        "address article aside body center details dialog div figcaption footer header hgroup html"  # noqa: SIM905
        " main nav p section summary dl dt dd li td th fieldset legend tbody tr".split(),
        container,
    ),
    "ul": enclosed,
    "ol": enclosed,
    "blockquote": enclosed,
    "table": table,
    "pre": preformatted,
    "figure": figure,
    "img": image,
    "iframe": player,
    "video": player,
    "audio": player,
    "object": player,
    "embed": player,
    "wp-short": short,
    "wp-block": wp_block,
}


def convert(html: str, markup: str) -> Converted:
    """The pieces of a text, and what was left out of it."""
    walker = Walker(BLOCKS, is_classic=markup == CLASSIC)
    html = re.sub(r"\r\n?", "\n", html)
    tree = tree_of(as_elements(html, walker.done.left_out))
    walker.flow(tree.children)
    walker.done.pieces = joined(walker.done.pieces)
    return walker.done


def joined(pieces: list[Piece]) -> list[Piece]:
    """Pieces with neighbouring paragraphs together."""
    found: list[Piece] = []
    for is_prose, group in groupby(pieces, lambda piece: isinstance(piece, Prose)):
        if is_prose:
            found.append(Prose("".join(piece.html for piece in group)))  # type: ignore[union-attr]
        else:
            found += group
    return found
