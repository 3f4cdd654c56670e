"""Lists and quotations, also those that are a pull quote or a post of a network."""

from html import escape
from typing import TYPE_CHECKING

from .embeds import embed
from .pieces import Link, Piece, Prose, Quote
from .pruning import without
from .sites import is_address, site_of, whole
from .tree import Node

if TYPE_CHECKING:
    from .walker import Walker

SOCIAL = (
    "twitter-tweet",
    "twitter-video",
    "instagram-media",
    "tiktok-embed",
    "fb-post",
    "fb-video",
)
SOCIAL += ("bluesky-embed", "reddit-embed-bq", "reddit-card", "text-post-media", "imgur-embed-pub")
SOCIAL += ("mastodon-embed", "flickr-embed", "wp-embedded-content", "twitter-quote")
DASHES = "-\u2013\u2014 "


def enclosed(walker: "Walker", node: Node) -> None:
    """A list or a quotation: its prose stays together, what else is in it follows."""
    if node.tag == "blockquote" and special_quote(walker, node):
        return
    html, others = prose_of(walker, node)
    if html:
        walker.done.pieces.append(Prose(html))
    walker.done.pieces += others


def prose_of(walker: "Walker", node: Node) -> tuple[str, list[Piece]]:
    """An element's prose, as HTML in tags of its own, and its other pieces."""
    if node.tag in {"ul", "ol"}:
        parts, others = [], list[Piece]()
        for child in list_items(node):
            html, more = prose_of(walker, child)
            parts.append(html)
            others += more
        inner = "".join(parts)
    else:
        pieces = walker.within(node.children)
        inner = "".join(piece.html for piece in pieces if isinstance(piece, Prose | Link))
        others = [piece for piece in pieces if not isinstance(piece, Prose | Link)]
    return (f"<{node.tag}>{inner}</{node.tag}>" if inner else ""), others


def special_quote(walker: "Walker", node: Node) -> bool:
    if node.has_class(*SOCIAL):
        links = [each.get("href") for each in node.nodes() if each.tag == "a"]
        named = node.get("cite") or node.get("data-instgrm-permalink")
        address = next(
            (x for x in [*reversed(links), named] if is_address(whole(x)) and site_of(x)), ""
        )
        if address or is_address(named):
            embed(walker, address or named, words=node.text())
            return True
    if node.has_class("pullquote", "wp-block-pullquote"):
        pull_quote(walker, node)
        return True
    return False


def pull_quote(walker: "Walker", node: Node) -> None:
    cite = node.find("cite", "figcaption")
    attribution = cite.text() if cite else ""
    text = without(node, cite)
    if text and len(attribution) <= 200:
        walker.done.pieces.append(Quote(text, attribution.lstrip(DASHES)))
    elif text or attribution:
        walker.done.pieces.append(Prose(f"<blockquote><p>{escape(node.text())}</p></blockquote>"))


def list_items(node: Node) -> list[Node]:
    """The items of a list; what stands in it beside them is an item too."""
    found = []
    for child in node.children:
        if isinstance(child, Node) and child.tag == "wp-block":
            found += list_items(child)
        elif isinstance(child, Node) and child.tag == "li":
            found.append(child)
        elif isinstance(child, Node) or child.strip():
            item = Node("li")
            item.children = [child]
            found.append(item)
    return found
