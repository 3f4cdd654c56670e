"""Tables, as paragraphs row by row."""

from typing import TYPE_CHECKING

from ...desk.rich_text.runs import Marks, Run
from .pieces import Prose
from .tree import Node
from .words import inline, paragraph

if TYPE_CHECKING:
    from .walker import Walker


def table(walker: "Walker", node: Node) -> None:
    """Paragraphs row by row. One of a single column is there for its looks."""
    cells = [[each for each in row.children if is_cell(each)] for row in own(node, "tr")]
    if caption := next(iter(own(node, "caption")), None):
        walker.flow(caption.children)
    if all(len(row) <= 1 for row in cells):
        for row in cells:
            for cell in row:
                walker.flow(cell.children)
        return
    walker.done.left_out["table_as_rows"] += 1
    for row in cells:
        put_row(walker, row)


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
