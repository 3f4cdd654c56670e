"""The inline content of a paragraph: runs of words with their marks, and what stands between."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from ...desk.rich_text.runs import Marks, Run, clean_href, normalise, render
from .tree import Node

MARKS = {
    "b": {"strong": True},
    "strong": {"strong": True},
    "i": {"em": True},
    "em": {"em": True},
    "cite": {"em": True},
    "dfn": {"em": True},
    "sup": {"script": "sup"},
    "sub": {"script": "sub"},
}
DROPPED = {"script", "style", "template", "noscript", "select", "textarea", "datalist", "canvas"}
FORMS = {"form", "input", "button", "label", "fieldset"}
LIFTED = {"img", "iframe", "video", "audio", "object", "embed", "figure", "wp-short", "table"}
_WIDE = re.compile("[\u2000-\u200a\u205f]")
_FILLED = re.compile("[ \xa0]{2,}|\xad")
SCHEMES = {"http", "https", "mailto", ""}

Inline = Run | Node
"""A run of words, or an element that stands between them and is a piece of its own."""


def inline(nodes: Sequence[Node | str], marks: Marks, *, breaks: bool) -> Iterator[Inline]:
    """The runs of some nodes. With `breaks`, the end of a line is a line break."""
    for node in nodes:
        if isinstance(node, str):
            yield marks, text_of(node, breaks=breaks)
        elif node.tag == "br":
            yield marks, "\n"
        elif node.tag == "img" and node.has_class("emoji", "wp-smiley"):
            yield marks, node.get("alt")
        elif node.tag in LIFTED:
            yield node
        elif node.tag not in DROPPED:
            within = _marks(node, marks)
            quotes = ("“", "”") if node.tag == "q" else ("", "")
            yield within, quotes[0]
            yield from inline(node.children, within, breaks=breaks)
            yield within, quotes[1]


def plain_words(nodes: Sequence[Node | str], others: list[Node]) -> str:
    """The words of some nodes on one line; `others` gets what stands between them."""
    parts = list(inline(nodes, Marks(), breaks=False))
    others += [part for part in parts if isinstance(part, Node)]
    return " ".join("".join(part[1] for part in parts if not isinstance(part, Node)).split())


def _marks(node: Node, marks: Marks) -> Marks:
    if node.tag == "a":
        return marks._replace(href=href_of(node.get("href")) or marks.href)
    return marks._replace(**MARKS[node.tag]) if node.tag in MARKS else marks


def href_of(address: str) -> str:
    """An address that a link may have, as it stands in an attribute; else empty."""
    address = address.strip()
    try:
        scheme = urlsplit(address).scheme.lower()
    except ValueError:
        return ""
    # Browsers see through control characters in "java\nscript:".
    seen = re.sub("[\x00-\x20]", "", address).lower()
    if scheme not in SCHEMES or seen.startswith(("javascript:", "data:", "vbscript:", "#")):
        return ""
    return clean_href(address)


def text_of(text: str, *, breaks: bool) -> str:
    """Words with one kind of space; no soft hyphens, and no filling with hard spaces."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.translate(_LINES if breaks else _SPACES)
    if not text.isascii():
        text = _FILLED.sub(lambda found: "" if found[0] == "\xad" else " ", _WIDE.sub(" ", text))
    return text


_SPACES = {ord(sign): " " for sign in "\t\n\f\v\u2028\u2029"}
_LINES = {ord(sign): " " for sign in "\t\f\v"}


def paragraph(runs: list[Run], tag: str = "p") -> str:
    """Runs as a paragraph or a subhead; empty without words."""
    runs = trimmed(normalise(runs))
    if not any(text.strip(" \n\xa0") for _marks, text in runs):
        return ""
    return f"<{tag}>{render(runs)[0]}</{tag}>"


def trimmed(runs: list[Run]) -> list[Run]:
    """Runs without empty space at either end."""
    blank = " \n\xa0"
    while runs and not runs[0][1].strip(blank):
        runs = runs[1:]
    while runs and not runs[-1][1].strip(blank):
        runs = runs[:-1]
    if runs:
        runs = [(runs[0][0], runs[0][1].lstrip(blank)), *runs[1:]]
        runs = [*runs[:-1], (runs[-1][0], runs[-1][1].rstrip(blank))]
    return runs
