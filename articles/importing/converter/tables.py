"""Tables: as tables, or as paragraphs row by row where one is more than a table of ours holds."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from ...desk.rich_text.cells import MAX_COLUMNS, Rows, clean_cell, text_of, validate_size
from ...desk.rich_text.runs import Marks, Run, render
from .pieces import Cells, Prose
from .tree import Node
from .words import inline, paragraph, plain_words

if TYPE_CHECKING:
    from .walker import Walker

LONGEST_TITLE = 200


def table(walker: "Walker", node: Node) -> None:
    """One of a single column is there for its looks."""
    cells = [[each for each in row.children if is_cell(each)] for row in own(node, "tr")]
    caption = next(iter(own(node, "caption")), None)
    if all(len(row) <= 1 for row in cells):
        if caption:
            walker.flow(caption.children)
        for row in cells:
            for cell in row:
                walker.flow(cell.children)
        return
    if put_table(walker, cells, caption):
        return
    if caption:
        walker.flow(caption.children)
    walker.done.left_out["table_as_rows"] += 1
    for row in cells:
        put_row(walker, row)


def put_table(walker: "Walker", cells: list[list[Node]], caption: Node | None) -> bool:
    """Put the cells in as a table; says whether they are one."""
    others: list[Node] = []
    title = plain_words(caption.children, others) if caption else ""
    rows = rows_of(cells, others)
    text = text_of(rows)
    if len(rows) < 2 or len(title) > LONGEST_TITLE or is_too_large(text):
        return False
    walker.done.pieces.append(Cells(title, head_of(cells), text))
    for other in others:
        walker.lifted(other)
    return True


def is_too_large(text: str) -> bool:
    try:
        validate_size(text)
    except ValidationError:
        return True
    return False


def rows_of(cells: list[list[Node]], others: list[Node]) -> Rows:
    """The rows that hold words, each cell that spans columns with empty ones beside it; `others`
    gets what stands in cells and is no words."""
    rows = []
    for row in cells:
        found: list[str] = []
        for cell in row:
            runs: list[Run] = []
            for part in inline(cell.children, Marks(), breaks=False):
                if isinstance(part, Node):
                    others.append(part)
                else:
                    runs.append(part)
            found += [clean_cell(render(runs)[0]).strip(), *[""] * (spanned(cell) - 1)]
        if any(found):
            rows.append(found)
    return rows


def spanned(cell: Node) -> int:
    width = cell.get("colspan").strip()
    return min(max(int(width), 1), MAX_COLUMNS) if width.isdecimal() and len(width) < 4 else 1


def head_of(cells: list[list[Node]]) -> str:
    """Where the headings stand; where none is marked as one, in the first row."""
    rows = [row for row in cells if row]
    if len(rows) < 2 or not all(row[0].tag == "th" for row in rows[1:]):
        return ""
    return "both" if all(cell.tag == "th" for cell in rows[0][1:]) else "column"


def put_row(walker: "Walker", cells: list[Node]) -> None:
    runs: list[Run] = []
    others: list[Node] = []
    for cell in cells:
        found: list[Run] = []
        for part in inline(cell.children, Marks(), breaks=False):
            if isinstance(part, Node):
                others.append(part)
            else:
                found.append(part)
        if any(text.strip() for _marks, text in found):
            runs += ([(Marks(), " | ")] if runs else []) + found
    if html := paragraph(runs):
        walker.done.pieces.append(Prose(html))
    for other in others:
        walker.lifted(other)


def own(table: Node, tag: str) -> list[Node]:
    """The rows (or the caption) of a table, not those of a table in it."""
    found, waiting = [], list(reversed(table.children))
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            continue
        if each.tag == tag:
            found.append(each)
        elif tag == "tr" and is_cell(each):
            # A cell that stands in no row is one by itself.
            row = Node("tr")
            row.children = [each]
            found.append(row)
        elif each.tag in {"thead", "tbody", "tfoot"}:
            waiting += reversed(each.children)
    return found


def is_cell(node: Node | str) -> bool:
    return isinstance(node, Node) and node.tag in {"td", "th"}
