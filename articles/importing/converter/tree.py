"""A tree of elements, made of any HTML; deep nesting is flattened, nothing is an error."""

from collections.abc import Iterator
from itertools import pairwise

from ...desk.rich_text.tokens import attribute, tokenize

MOST_DEPTH = 100
VOID = set(
    "br hr img input link meta source wbr area base col track embed param".split()  # noqa: SIM905
)
ENDS_PARAGRAPH = set(
    "address article aside blockquote center dd details dialog div dl dt fieldset figure footer"  # noqa: SIM905
    " form h1 h2 h3 h4 h5 h6 header hgroup hr li main nav ol p pre section table ul summary"
    " wp-block tr td th tbody thead tfoot caption figcaption".split()
)
"""Elements before which an open paragraph ends."""

SIBLINGS = {
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "tr": {"tr", "td", "th"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "option": {"option"},
}
"""Elements that end an open one of these."""

HIDING = {"form", "object", "video", "audio", "canvas"}
"""Elements whose own words do not come along."""

WALLS = {"li": {"ul", "ol"}, "tr": {"table"}, "td": {"table"}, "th": {"table"}, "p": {"td", "li"}}


class Node:
    """An element: its name, its attributes as they stand, and what is in it."""

    __slots__ = ("attributes", "children", "tag")

    def __init__(self, tag: str, attributes: str = "") -> None:
        self.tag, self.attributes = tag, attributes
        self.children: list[Node | str] = []

    def get(self, name: str) -> str:
        return attribute(self.attributes, name) if name in self.attributes.lower() else ""

    def has_class(self, *names: str) -> bool:
        return not {*self.get("class").lower().split()}.isdisjoint(names)

    def nodes(self) -> Iterator["Node"]:
        """The elements in it, itself first, in reading order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [each for each in reversed(node.children) if isinstance(each, Node)]

    def find(self, *tags: str) -> "Node | None":
        return next((each for each in self.nodes() if each.tag in tags and each is not self), None)

    def text(self) -> str:
        """The words in it."""
        parts, waiting = [], list[Node | str]([self])
        while waiting:
            each = waiting.pop()
            if isinstance(each, str):
                parts.append(each)
            elif each.tag not in {"script", "style", "noscript"}:
                parts.append(" " if each.tag in ENDS_PARAGRAPH or each.tag == "br" else "")
                waiting += reversed(each.children)
        return " ".join("".join(parts).split())


def tree_of(html: str) -> Node:
    """The tree of a text; its root has no name."""
    root = Node("")
    stack = [root]
    for token in tokenize(html):
        tag = token.tag
        if not tag:
            stack[-1].children.append(token.text)
        elif token.is_end:
            if not _close(stack, tag) and tag == "p":
                stack[-1].children.append(Node("p"))
        else:
            if tag in ENDS_PARAGRAPH:
                _close_open(stack, {"p"}, "p")
            if tag in SIBLINGS:
                _close_open(stack, SIBLINGS[tag], tag)
            node = Node(tag, token.attributes)
            stack[-1].children.append(node)
            if tag not in VOID and len(stack) < MOST_DEPTH:
                stack.append(node)
    _let_out(stack)
    return root


def _let_out(open_at_the_end: list[Node]) -> None:
    """Put what follows a form or a player that is never closed after it, not into it.

    Readers saw it there, and nothing that is in such an element comes along.
    """
    for parent, node in reversed([*pairwise(open_at_the_end)]):
        if node.tag in HIDING:
            own = [each for each in node.children if isinstance(each, Node) and each.tag in VOID]
            parent.children += [each for each in node.children if each not in own]
            node.children = own


def _close_open(stack: list[Node], tags: set[str], opened: str) -> None:
    """Close the nearest of these that is open, unless it lies beyond a wall."""
    walls = WALLS.get(opened, set()) | {"wp-block", "blockquote", "figure", "div"}
    for place in range(len(stack) - 1, 0, -1):
        if stack[place].tag in tags:
            del stack[place:]
            return
        if stack[place].tag in walls:
            return


def _close(stack: list[Node], tag: str) -> bool:
    """Close the nearest open element of this name; whether there was one."""
    walls = {"li": {"ul", "ol"}, "td": {"table"}, "tr": {"table"}}.get(tag, set())
    for place in range(len(stack) - 1, 0, -1):
        if stack[place].tag == tag:
            del stack[place:]
            return True
        if stack[place].tag in walls or (stack[place].tag == "wp-block" and tag != "wp-short"):
            break
    return False
