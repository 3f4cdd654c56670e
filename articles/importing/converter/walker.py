"""The walk through the tree of a text, in reading order."""

import re
from collections.abc import Callable, Sequence
from html import escape

from ...desk.rich_text.runs import Marks, Run
from .cards import card
from .pieces import Converted, Piece, Prose
from .prose import prose
from .tree import Node
from .words import inline

HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
NOTHING = {"hr", "script", "style", "template", "noscript", "head", "link", "meta", "wbr"}
FORMS = {"form", "input", "select", "textarea"}
VOIDS = {"img", "br", "iframe", "video", "audio", "object", "embed", "wp-short"}
WHOLE = (
    "p",
    "div",
    "ul",
    "ol",
    "blockquote",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "section",
    "dl",
    "pre",
)
WHOLE += ("wp-block", "figure")
_BLANK_LINES = re.compile(r"\n[ \t\xa0]*\n\s*")

Blocks = dict[str, Callable[["Walker", Node], None]]
"""What makes the pieces of an element, by its tag."""


class Walker:
    """Makes pieces; `done` has them. `attachment` is the id of a picture that is said around it."""

    def __init__(self, blocks: Blocks, *, is_classic: bool = False) -> None:
        self.blocks = blocks
        self.is_classic = is_classic
        self.done = Converted()
        self.attachment = ""

    def within(self, nodes: Sequence[Node | str]) -> list[Piece]:
        """The pieces of some nodes alone; what they leave out is counted here."""
        outer, self.done = self.done, Converted(left_out=self.done.left_out, lost=self.done.lost)
        self.flow(nodes)
        outer, self.done = self.done, outer
        return outer.pieces

    def flow(self, nodes: Sequence[Node | str]) -> None:
        """Nodes among which there may be blocks; what stands between these is paragraphs."""
        loose: list[Node | str] = []
        for node in nodes:
            if isinstance(node, str) and self.is_classic:
                first, *others = _BLANK_LINES.split(node)
                loose.append(first)
                for text in others:
                    self.paragraph(loose)
                    loose = [text]
            elif isinstance(node, str) or self.is_inline(node):
                loose.append(node)
            else:
                self.paragraph(loose)
                loose = []
                self.block(node)
        self.paragraph(loose)

    def is_inline(self, node: Node) -> bool:
        if node.tag in VOIDS:
            return True
        if node.tag in self.blocks or node.tag in {*HEADINGS, *NOTHING, *FORMS}:
            return False
        # A link or a mark around whole paragraphs is no inline element.
        return not node.children or node.find(*WHOLE) is None

    def block(self, node: Node) -> None:
        if "kg-" in node.attributes and card(self, node):
            return
        if node.tag in FORMS:
            self.done.left_out["form"] += node.tag == "form"
        elif node.tag in HEADINGS:
            self.paragraph(node.children, HEADINGS[node.tag])
        elif node.tag not in NOTHING:
            self.blocks.get(node.tag, container)(self, node)

    def say(self, words: str) -> None:
        """Words as a paragraph, if there are any."""
        if words:
            self.done.pieces.append(Prose(f"<p>{escape(words, quote=False)}</p>"))

    def paragraph(self, nodes: Sequence[Node | str], tag: str = "p") -> None:
        """Nodes as a paragraph; pictures and embeds in it stand between its parts."""
        runs: list[Run] = []
        parts = list(inline(nodes, Marks(), breaks=self.is_classic))
        for part in parts:
            if isinstance(part, Node):
                prose(self, runs, tag)
                runs = []
                self.lifted(part)
            else:
                runs.append(part)
        prose(self, runs, tag)

    def lifted(self, node: Node) -> None:
        """An element that stands in a paragraph and is a piece of its own."""
        if node.tag in self.blocks:
            self.blocks[node.tag](self, node)


def container(walker: Walker, node: Node) -> None:
    """Nothing by itself: what is in it counts."""
    walker.flow(node.children)
