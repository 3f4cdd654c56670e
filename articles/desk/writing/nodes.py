"""Prose as nodes of the editor's document (ProseMirror's JSON), and back to HTML.

A node is {type, attrs, content} or {type: "text", text, marks}. Paragraphs, subheads, lists and
quotations are prose; each top-level one is one element of the canonical HTML.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..rich_text.canonical import MAX_DEPTH
from ..rich_text.runs import clean_href, escape
from ..rich_text.tokens import Token, attribute, tokenize

Node = dict[str, Any]

TAGS = {
    "paragraph": "p",
    "bulletList": "ul",
    "orderedList": "ol",
    "listItem": "li",
    "blockquote": "blockquote",
}
PROSE = {"paragraph", "heading", "bulletList", "orderedList", "blockquote"}
MARK_TAGS = {
    "bold": "strong",
    "italic": "em",
    "superscript": "sup",
    "subscript": "sub",
}
LEVELS = (2, 3)

_TYPES = {tag: name for name, tag in TAGS.items()}
_MARKS = {tag: name for name, tag in MARK_TAGS.items()}


def nodes_of(html: str) -> list[Node]:
    """The top-level nodes of HTML in canonical form, without ids."""
    root: Node = {"content": []}
    open_nodes, marks = [root], list[Node]()
    for token in tokenize(html):
        if not token.tag:
            _add_text(open_nodes[-1], token.text, marks)
        elif token.tag == "br":
            open_nodes[-1]["content"].append({"type": "hardBreak"} | _with_marks(marks))
        elif token.tag == "a" or token.tag in _MARKS:
            _open_or_close_mark(marks, token)
        elif token.is_end:
            open_nodes.pop()
        else:
            node = _new_node(token.tag)
            open_nodes[-1]["content"].append(node)
            open_nodes.append(node)
    return root["content"]


def html_of(node: Node, *, limit: bool = True) -> str:
    """A prose node as HTML, to be sanitised. Raises ValidationError for what is no prose, and
    with a limit for what is nested deeper than prose is."""
    return "".join(_parts(node, depth=0 if limit else -MAX_DEPTH))


def words_in(node: Node) -> str:
    """The text of a prose node, without markup."""
    if node.get("type") == "text":
        return str(node.get("text", ""))
    return "".join(words_in(child) for child in node.get("content", ()))


def not_prose() -> ValidationError:
    return ValidationError(
        _("This page does not know how to save a part of the story. Load it again."),
        code="unknown_node",
    )


def _new_node(tag: str) -> Node:
    if tag in _TYPES:
        return {"type": _TYPES[tag], "content": []}
    return {"type": "heading", "attrs": {"level": int(tag[1])}, "content": []}


def _add_text(node: Node, text: str, marks: list[Node]) -> None:
    """Put text, in which a line break is one, into a node."""
    if text:
        node["content"].append({"type": "text", "text": text} | _with_marks(marks))


def _with_marks(marks: list[Node]) -> Node:
    return {"marks": list(marks)} if marks else {}


def _open_or_close_mark(marks: list[Node], token: Token) -> None:
    if token.is_end:
        marks.pop()
    elif token.tag == "a":
        marks.append({"type": "link", "attrs": {"href": attribute(token.attributes, "href")}})
    else:
        marks.append({"type": _MARKS[token.tag]})


def _parts(node: Node, *, depth: int) -> Iterator[str]:
    name = node.get("type")
    if depth > MAX_DEPTH:
        raise ValidationError(
            _("This text is nested too deep. Paste it again as plain text."), code="too_deep"
        )
    if name == "text":
        yield _marked(escape(_string(node.get("text"))), node)
    elif name == "hardBreak":
        yield _marked("<br>", node)
    else:
        tag = _tag_of(node)
        yield f"<{tag}>"
        for child in _list(node.get("content", [])):
            yield from _parts(child, depth=depth + 1)
        yield f"</{tag}>"


def _tag_of(node: Node) -> str:
    if node.get("type") == "heading":
        level = _dict(node.get("attrs", {})).get("level")
        return f"h{level if level in LEVELS else LEVELS[0]}"
    try:
        return TAGS[_string(node.get("type"))]
    except KeyError:
        raise not_prose() from None


def _marked(html: str, node: Node) -> str:
    """HTML in the tags of a node's marks, the first of which stands outermost."""
    for mark in reversed(_list(node.get("marks", []))):
        if mark.get("type") == "link":
            href = clean_href(_string(_dict(mark.get("attrs")).get("href")))
            html = f'<a href="{href}">{html}</a>'
        elif tag := MARK_TAGS.get(_string(mark.get("type"))):
            html = f"<{tag}>{html}</{tag}>"
    return html


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise not_prose()
    return value


def _dict(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise not_prose()
    return value


def _list(value: object) -> list[Node]:
    """A list of nodes or marks out of a document that a browser sent."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise not_prose()
    return value
