"""Cards of Ghost that their markup alone does not tell."""

import re
from html import escape
from typing import TYPE_CHECKING

from .embeds import embed
from .pieces import Link
from .tree import Node

if TYPE_CHECKING:
    from .walker import Walker

LEFT_OUT_CARDS = re.compile(r"\bkg-(signup|product|email|email-cta|cta|paywall|transistor)-card\b")


def card(walker: "Walker", node: Node) -> bool:
    """A card of Ghost that its markup alone does not tell; whether it was one."""
    if left_out := LEFT_OUT_CARDS.search(node.get("class")):
        walker.done.left_out[f"card_{left_out[1]}"] += 1
        return True
    if node.has_class("kg-bookmark-card"):
        return bookmark(walker, node)
    if node.has_class("kg-file-card"):
        link = node.find("a")
        title, caption = (text_at(node, f"kg-file-card-{n}") for n in ("title", "caption"))
        embed(walker, link.get("href") if link else "", "file", title=title)
        walker.say(caption)
        return True
    player = node.find("audio", "video")
    if node.has_class("kg-audio-card", "kg-video-card") and player:
        title, caption = text_at(node, "kg-audio-title"), node.find("figcaption")
        embed(walker, player.get("src"), player.tag, title=title)
        walker.say(caption.text() if caption else "")
        return True
    return False


def bookmark(walker: "Walker", node: Node) -> bool:
    link, caption = node.find("a"), node.find("figcaption")
    address = link.get("href") if link else ""
    title = text_at(node, "kg-bookmark-title") or address
    if not address:
        return False
    href = escape(address)
    html = f'<p><a href="{href}" rel="noopener">{escape(title)}</a></p>'
    walker.done.pieces.append(Link("", address, title, html, is_card=True))
    names = ("description", "author", "publisher")
    for words in (text_at(node, f"kg-bookmark-{name}") for name in names):
        if words:
            walker.done.lost.append(words)
    walker.say(caption.text() if caption else "")
    return True


def text_at(node: Node, name: str) -> str:
    """The words of the first element of a class in another."""
    found = next((each for each in node.nodes() if each.has_class(name)), None)
    return found.text() if found else ""
