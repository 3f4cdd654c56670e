"""What a chart's template draws: places across in per cent of its width, and down in pixels, so
that it fits every screen and its words keep their size."""

from dataclasses import dataclass, field

CHARACTER = 6.6
"""Pixels that a letter of the small type takes, on the whole."""
NARROWEST = 272
"""Pixels that the drawing has beside an axis on a phone of 360."""


@dataclass(frozen=True)
class Box:
    """A rectangle of a series (1 to 6), in per cent across and pixels down."""

    series: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Word:
    """A text at a place; `anchor` is start, middle or end. One that is `wide` is left out where
    there is no room for it; `turned` ones stand on end."""

    text: str
    x: float
    y: float
    anchor: str = "start"
    wide: bool = False
    turned: bool = False


@dataclass(frozen=True)
class Line:
    """A line of a series: its parts in thousandths across, as points of a polyline, and the places
    of its signs."""

    series: int
    parts: list[str]
    signs: list[tuple[float, float]]

    @property
    def sign(self) -> str:
        return SIGNS[self.series - 1]


SIGNS = (
    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
    "M-4-4h8v8h-8z",
    "M0-5L5 4H-5z",
    "M0-5.5L5.5 0L0 5.5L-5.5 0z",
    "M0 5L5-4H-5z",
    "M-5-2h3v-3h4v3h3v4h-3v3h-4v-3h-3z",
)
"""By which the lines of the series are told apart without colours: paths around their points."""


@dataclass
class Drawing:
    """`height` and `axis` (its width) are pixels; `key` is a name that no other chart has;
    `faults` say why there is nothing to draw."""

    key: str = ""
    series: list[str] = field(default_factory=list)
    height: int = 0
    axis: int = 0
    rules: list[float] = field(default_factory=list)
    base: float | None = None
    upright_base: float | None = None
    ticks: list[Word] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def legend(self) -> list[tuple[int, str, str]]:
        """(number, name, sign) of each series, where there are several."""
        if len(self.series) < 2:
            return []
        signs = SIGNS if self.lines else [""] * len(self.series)
        return [(at + 1, name, signs[at]) for at, name in enumerate(self.series)]

    @property
    def fills(self) -> range:
        """The numbers of the series that are filled with a pattern."""
        return range(1, len(self.series) + 1 if self.boxes else 1)


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def per_cent(share: float) -> float:
    return round(share * 100, 3)
