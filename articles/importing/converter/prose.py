"""Words as paragraphs; one that is nothing but an address or a link is more than that."""

import re
from typing import TYPE_CHECKING

from ...desk.rich_text.runs import Marks, Run, normalise
from .embeds import embed
from .pieces import Link, Prose
from .sites import is_address, site_of
from .tree import Node
from .words import inline, paragraph, trimmed

if TYPE_CHECKING:
    from .walker import Walker

LABELS = {"watch": "watch", "read": "read", "read more": "read", "listen": "listen", "live": "live"}
_LABEL = re.compile(r"\s*(watch|read more|read|listen|live)\s*:\s*(.*)", re.I | re.S)


def prose(walker: "Walker", runs: list[Run], tag: str = "p") -> None:
    html = paragraph(runs, tag)
    if not html:
        return
    runs = trimmed(normalise(runs))
    words = "".join(text for _marks, text in runs)
    if tag == "p" and is_address(words.strip()) and site_of(words.strip()):
        embed(walker, words.strip())
    elif tag == "p" and (link := link_alone(runs, html)):
        walker.done.pieces.append(link)
    elif tag == "p" and walker.is_classic and addresses_between(walker, runs):
        return
    else:
        walker.done.pieces.append(Prose(html))


def addresses_between(walker: "Walker", runs: list[Run]) -> bool:
    """Makes embeds of addresses that stand alone on a line among other lines, if any do."""
    lines = "".join(text for _marks, text in runs).split("\n")
    if len(lines) < 2 or not any(is_address(x.strip()) and site_of(x.strip()) for x in lines):
        return False
    line: list[Run] = []
    for marks, text in runs:
        first, *others = text.split("\n")
        line.append((marks, first))
        for other in others:
            prose(walker, line)
            line = [(marks, other)]
    prose(walker, line)
    return True


def link_alone(runs: list[Run], html: str) -> Link | None:
    """The link that a paragraph is nothing but, with its label; or None."""
    linked = [(marks.href, text) for marks, text in runs if marks.href]
    if not linked or len({href for href, _text in linked}) > 1:
        return None
    before = after = ""
    for marks, text in runs:
        if not marks.href and not before.strip() and (marks, text) == runs[0]:
            before = text
        elif not marks.href:
            after += text
    words, label = "".join(text for _href, text in linked).strip(), ""
    if before.strip():
        found = _LABEL.fullmatch(before.strip() + ("" if ":" in before else ":"))
        if not found or found[2].strip():
            return None
        label = LABELS[found[1].lower()]
    elif found := _LABEL.fullmatch(words):
        label, words = LABELS[found[1].lower()], found[2].strip()
    if not words or after.strip(" .\n\xa0"):
        return None
    return Link(label, linked[0][0].replace("&amp;", "&"), words, html)


def preformatted(walker: "Walker", node: Node) -> None:
    parts = inline(node.children, Marks(), breaks=True)
    runs = [part for part in parts if not isinstance(part, Node)]
    if html := paragraph(runs):
        walker.done.pieces.append(Prose(html))
