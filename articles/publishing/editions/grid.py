"""A table as its template shows it: which cells are headings, and which columns are figures."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from ...desk.rich_text.cells import Rows, plain_rows
from ...library.words.figures import is_gap, looks_like_figure


@dataclass(frozen=True)
class Cell:
    """`scope` is "col" or "row" of a heading, else empty."""

    html: SafeString
    scope: str = ""
    is_figure: bool = False


@dataclass(frozen=True)
class Grid:
    """`head` is the row of headings, if there is one; `body` are the others."""

    head: list[Cell]
    body: list[list[Cell]]


def grid_of(block: dict[str, Any]) -> Grid:
    """The Grid of a table or a chart as a document has it, whose cells are sanitised."""
    rows: Rows = block["rows"]
    head = block.get("head", "both")
    has_head = head in ("", "both") and len(rows) > 1
    has_side = head in ("column", "both")
    # The names of rows are words, even where they are years.
    figures = figure_columns(rows[1:] if has_head else rows) - ({0} if has_side else set())
    names, body = (rows[0], rows[1:]) if has_head else ([], rows)
    return Grid(
        [_cell(html, at, figures, "col") for at, html in enumerate(names)],
        [
            [_cell(html, at, figures, "" if at or not has_side else "row") for at, html in row]
            for row in map(enumerate, body)
        ],
    )


def _cell(html: str, at: int, figures: set[int], scope: str) -> Cell:
    """A heading without words, as in the corner, is none."""
    return Cell(_safe(html), scope if html.strip() else "", at in figures)


def figure_columns(rows: Rows) -> set[int]:
    """The places of the columns in which nothing but figures stands, and at least one."""
    found = set()
    for at, column in enumerate(zip(*plain_rows(rows), strict=True)):
        words = [cell for cell in column if not is_gap(cell)]
        if words and all(map(looks_like_figure, words)):
            found.add(at)
    return found


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # as `clean_cells` wrote it
