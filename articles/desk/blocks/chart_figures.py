"""The figures of a chart, read from its cells: a row for each point, a column for each series."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from ...library.words.figures import NotAFigure, parse_figure
from ..rich_text.cells import Rows, plain_rows

MAX_SERIES = 6
MAX_POINTS = 200
MOST_TOLD = 5
"""Wrong cells that are named at once."""

STACKED = "stacked"


class WrongFigures(Exception):
    """Cells of which no chart can be drawn: `sentences` say which and why."""

    def __init__(self, sentences: list[str]) -> None:
        self.sentences = sentences
        super().__init__(" ".join(sentences))


@dataclass(frozen=True)
class Figures:
    """`values` and what is `written` in their cells stand by series, then by point; a value that
    is not known is None."""

    points: list[str]
    series: list[str]
    values: list[list[Decimal | None]]
    written: list[list[str]]


def read_figures(rows: Rows, *, decimal: str, shape: str) -> Figures:
    """The Figures in the rows of a chart. Raises WrongFigures."""
    cells = plain_rows(rows)
    refuse_size(cells)
    head, *body = cells
    wrong: list[str] = []
    columns = range(1, len(head))
    values: list[list[Decimal | None]] = [[] for _column in columns]
    for number, row in enumerate(body, start=2):
        for at in columns:
            try:
                values[at - 1].append(read_value(row[at], decimal=decimal, shape=shape))
            except NotAFigure as error:
                place = {"row": number, "column": head[at] or str(at + 1), "text": row[at][:40]}
                wrong.append(str(error) % place)
    if wrong:
        raise WrongFigures(wrong[:MOST_TOLD])
    if all(value is None for each in values for value in each):
        raise WrongFigures([_("A chart has no figures.")])
    written = [[row[at] for row in body] for at in columns]
    return Figures([row[0] for row in body], head[1:], values, written)


def read_value(text: str, *, decimal: str, shape: str) -> Decimal | None:
    """Raises NotAFigure with a sentence, into which the place of the cell is yet to be put."""
    try:
        value = parse_figure(text, decimal=decimal)
    except NotAFigure:
        sentence = _("Row %(row)d, column “%(column)s”: “%(text)s” is not a number.")
        raise NotAFigure(sentence) from None
    if shape == STACKED and value is not None and value < 0:
        raise NotAFigure(
            _("Row %(row)d, column “%(column)s”: stacked columns cannot show “%(text)s”, which is"
              " less than nothing.")
        )  # fmt: skip
    return value


def refuse_size(cells: Rows) -> None:
    """Raise WrongFigures unless there are as many series and points as a chart shows."""
    points, series = len(cells) - 1, len(cells[0]) - 1 if cells else 0
    if points < 1 or series < 1:
        raise WrongFigures(
            [_("A chart needs names in its first row and column, and figures in the others.")]
        )
    if points > MAX_POINTS or series > MAX_SERIES:
        sentence = _(
            "A chart shows at most %(most_series)d series and %(most_points)d points; this one has"
            " %(series)d and %(points)d."
        )
        numbers = {"most_series": MAX_SERIES, "most_points": MAX_POINTS}
        raise WrongFigures([sentence % (numbers | {"series": series, "points": points})])
