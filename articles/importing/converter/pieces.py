"""What the converter makes of a text: pieces, and what it left out."""

from collections import Counter
from dataclasses import dataclass, field

from ..incoming import Use


@dataclass(slots=True)
class Prose:
    """Paragraphs, subheads, lists, quotations: HTML that the desk's cleaner knows."""

    html: str


@dataclass(slots=True)
class Picture:
    use: Use


@dataclass(slots=True)
class Series:
    """The pictures of a gallery."""

    uses: list[Use]


@dataclass(slots=True)
class GalleryOfStory:
    """All pictures that were uploaded to the story, as WordPress shows for a bare [gallery]."""


@dataclass(slots=True)
class Quote:
    """A pull quote."""

    text: str
    attribution: str = ""


@dataclass(slots=True)
class Cells:
    """A table: what it is called, where its headings are, and its cells as the desk has them."""

    title: str
    head: str
    cells: str


@dataclass(slots=True)
class Embedded:
    """A video, a post, a document elsewhere."""

    address: str
    title: str = ""
    words: str = ""


@dataclass(slots=True)
class Link:
    """A paragraph that is nothing but a link, perhaps with a label before it.

    `html` is that paragraph, for a link that leads to none of the stories; one that was a card
    becomes an embed then.
    """

    label: str
    address: str
    words: str
    html: str
    is_card: bool = False


Piece = Prose | Picture | Series | GalleryOfStory | Quote | Cells | Embedded | Link


@dataclass(slots=True)
class Converted:
    """The pieces of a text. `left_out` counts by name; `lost` are words that are nowhere now."""

    pieces: list[Piece] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
