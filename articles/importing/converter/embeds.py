"""What is shown from elsewhere: videos, players, documents."""

from html import escape
from typing import TYPE_CHECKING

from .pieces import Embedded, Prose
from .sites import is_address, title_of, whole
from .tree import Node

if TYPE_CHECKING:
    from .walker import Walker


def embed(walker: "Walker", address: str, kind: str = "", title: str = "", words: str = "") -> None:
    address = whole(address)
    if not is_address(address):
        walker.done.left_out["embed_without_address"] += 1
        if words or title:
            walker.done.pieces.append(Prose(f"<p>{escape(words or title)}</p>"))
        return
    named = title.strip() or words.strip()
    if len(named) > 200:
        # No title is so long: the words stand before it.
        walker.done.pieces.append(Prose(f"<blockquote><p>{escape(named)}</p></blockquote>"))
        named = ""
    walker.done.pieces.append(Embedded(address, named or title_of(address, kind), words))


def player(walker: "Walker", node: Node) -> None:
    source = node.find("source")
    places = (node.get("src"), node.get("data"), source.get("src") if source else "")
    address = next(filter(None, places), "") or node.get("data-src")
    if node.tag == "object" and not address:
        walker.flow(node.children)
        return
    kind = {"audio": "audio", "video": "video"}.get(node.tag, "")
    if node.tag == "object" and "pdf" in (node.get("type") + address):
        kind = "file"
    embed(walker, address, kind, title=node.get("title") if kind != "file" else "")
