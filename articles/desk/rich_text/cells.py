"""Cells: the rows of a table as one text, a line for each row and a tab between two cells.

A cell is HTML of one line in canonical form: words, emphasis, links. What looks like a formula
stays the words that it is.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter

import nh3
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ...library.characters import tidy_line
from .runs import Marks, Run, clean_href, render
from .sanitiser import plain
from .tokens import attribute, tokenize

MAX_COLUMNS = 20
MAX_ROWS = 500
MAX_CHARACTERS = 40_000
"""Of the words in all cells."""

MOST_CLEANED = 300_000
"""Characters with markup. More are not even looked at."""
MOST_MADE = 50_000
"""Cells likewise, once every row is as long as the longest."""

Rows = list[list[str]]


class TooManyCells(ValidationError):
    """So many that cleaning them would take long."""


_STRONG = {"b", "strong"}
_EM = {"i", "em", "cite"}
# Figures and English words as they stay: most of what is stored, and quick to recognise.
_PLAIN = re.compile("(?: ?[!-%'-;=?-~])*+ ?")
_SCHEMES = ("http:", "https:", "mailto:")
_cleaner = nh3.Cleaner(
    tags={"strong", "em", "a"},
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener",
)


def clean_cells(text: str) -> str:
    """Sanitised cells in canonical form, every row as long as the longest. Cleaning them again
    changes nothing. Raises TooManyCells."""
    refuse_absurd(text)
    cells = _canonical(text)
    safe = _cleaner.clean(cells)
    cells = cells if safe == cells else _canonical(safe)
    refuse_absurd(cells)  # signs and links grow
    return cells


def refuse_absurd(text: str) -> None:
    """Raise TooManyCells for what is far from a table, before it is taken apart."""
    if len(text) > MOST_CLEANED:
        raise TooManyCells(*too_long(len(text)))
    lines = _lines(text)
    columns = max(line.count("\t") for line in lines) + 1
    if len(lines) * columns > MOST_MADE:
        raise TooManyCells(*too_many(columns, len(lines)))


def _canonical(text: str) -> str:
    return text_of([[clean_cell(cell) for cell in line.split("\t")] for line in _lines(text)])


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def clean_cell(html: str) -> str:
    """The words of a cell, with emphasis and links, on one line."""
    if _PLAIN.fullmatch(html):
        return html
    runs: list[Run] = []
    marks = Marks()
    for token in tokenize(html):
        if not token.tag:
            runs.append((marks, token.text))
        elif token.tag == "a":
            marks = marks._replace(href="" if token.is_end else _href(token.attributes))
        elif token.tag in _STRONG:
            marks = marks._replace(strong=not token.is_end)
        elif token.tag in _EM:
            marks = marks._replace(em=not token.is_end)
        else:
            runs.append((marks, " "))
    joined = ((marks, "".join(map(itemgetter(1), run))) for marks, run in groupby(runs, _first))
    tidied = [(marks, tidy_line(words)) for marks, words in joined]
    return render([run for run in tidied if run[1]])[0]


_first = itemgetter(0)


def _href(attributes: str) -> str:
    """An address that readers can follow, as it stands in an attribute; else empty."""
    href = attribute(attributes, "href").strip()
    return clean_href(href) if href.lower().startswith(_SCHEMES) else ""


def rows_of(cells: str) -> Rows:
    """The rows of cells in canonical form, without those at the end that hold no words."""
    rows = [line.split("\t") for line in cells.split("\n")]
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    width = max((_width(row) for row in rows), default=0)
    return [(row + [""] * width)[:width] for row in rows]


def _width(row: Sequence[str]) -> int:
    """How many cells stand up to the last with words."""
    return max((place for place, cell in enumerate(row, start=1) if cell.strip()), default=0)


def text_of(rows: Iterable[Sequence[str]]) -> str:
    """The reverse of `rows_of`."""
    rows = list(rows)
    width = max(map(len, rows), default=0)
    return "\n".join("\t".join([*row, *[""] * (width - len(row))]) for row in rows)


def plain_rows(rows: Rows) -> Rows:
    """The words of each cell, without markup."""
    return [[plain(cell) for cell in row] for row in rows]


def words_of(rows: Rows) -> str:
    return " ".join(word for row in plain_rows(rows) for word in row if word)


def validate_size(cells: str) -> None:
    """Raise ValidationError, with a sentence, for more cells or words than a table may hold."""
    rows = rows_of(cells)
    columns = len(rows[0]) if rows else 0
    if len(rows) > MAX_ROWS or columns > MAX_COLUMNS:
        raise ValidationError(*too_many(columns, len(rows)))
    characters = len(plain(cells))
    if characters > MAX_CHARACTERS:
        raise ValidationError(*too_long(characters))


def too_many(columns: int, rows: int) -> tuple[str, str]:
    """A sentence, and its code."""
    message = _(
        "A table holds at most %(most_columns)d columns and %(most_rows)d rows; this one has"
        " %(columns)d and %(rows)d."
    )
    numbers = {"most_columns": MAX_COLUMNS, "most_rows": MAX_ROWS}
    return message % (numbers | {"columns": columns, "rows": rows}), "too_many_cells"


def too_long(characters: int) -> tuple[str, str]:
    message = _("A table holds at most %(most)d characters; this one has %(characters)d.")
    return message % {"most": MAX_CHARACTERS, "characters": characters}, "too_long"
