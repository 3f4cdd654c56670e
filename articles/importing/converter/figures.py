"""Pictures, with the words beside them."""

import re
from html import escape
from typing import TYPE_CHECKING

from ...desk.rich_text.runs import Marks
from ..incoming import Use
from .lists_and_quotes import pull_quote
from .pieces import Picture, Prose, Series
from .pruning import holds, without
from .tree import Node
from .words import inline, paragraph

if TYPE_CHECKING:
    from .walker import Walker

_ATTACHMENT_CLASS = re.compile(r"\bwp-image-(\d+)")


def image(walker: "Walker", node: Node, **words: str) -> None:
    address = source_of(node)
    number = _ATTACHMENT_CLASS.search(node.get("class"))
    use = Use(
        address=address,
        attachment=number[1] if number else node.get("data-id") or walker.attachment,
        alt=node.get("alt").strip(),
        **words,
    )
    if node.get("width") == "1" or node.get("height") == "1" or not (address or use.attachment):
        walker.done.left_out["picture_without_address"] += 1
        if words.get("caption"):
            walker.done.pieces.append(Prose(f"<p>{escape(words['caption'])}</p>"))
        return
    walker.done.pieces.append(Picture(use))


def figure(walker: "Walker", node: Node) -> None:
    if node.has_class("wp-block-pullquote", "pullquote"):
        pull_quote(walker, node)
    elif len(pictures := [each for each in node.nodes() if each.tag == "img"]) == 1 and not (
        node.find("table", "video", "audio", "iframe", "blockquote", "ul", "p")
    ):
        caption = node.find("figcaption")
        words, credit = caption_of(caption)
        image(walker, pictures[0], caption=words, credit=credit)
        beside(walker, node, caption)
    elif node.has_class("wp-block-gallery", "kg-gallery-card"):
        gallery(walker, node)
    elif node.has_class("wp-block-table"):
        walker.flow(titled(node).children)
    else:
        walker.flow(node.children)


def titled(node: Node) -> Node:
    """The figure of a table with its caption as that of the table."""
    table, words = node.find("table"), node.find("figcaption")
    if table and words and words in node.children and not table.find("caption"):
        caption = Node("caption")
        caption.children = words.children
        table.children = [caption, *table.children]
        node.children = [each for each in node.children if each is not words]
    return node


def gallery(walker: "Walker", node: Node) -> None:
    """What is in a gallery, its pictures together before all else."""
    before = len(walker.done.pieces)
    walker.flow(node.children)
    found = walker.done.pieces[before:]
    pictures = [each for each in found if isinstance(each, Picture)]
    if len(pictures) > 1:
        others = [each for each in found if not isinstance(each, Picture)]
        walker.done.pieces[before:] = [Series([each.use for each in pictures]), *others]


def beside(walker: "Walker", node: Node, caption: Node | None) -> None:
    """What a figure says outside of its caption, as a paragraph."""
    rest = [each for each in node.children if each is not caption and not holds(each, caption)]
    runs = [part for part in inline(rest, Marks(), breaks=False) if not isinstance(part, Node)]
    if html := paragraph(runs):
        walker.done.pieces.append(Prose(html))


def source_of(image: Node) -> str:
    """The address of a picture, also where a script was to load it later."""
    places = ("data-orig-file", "data-large-file", "src", "data-src", "data-lazy-src")
    for place in places:
        address = image.get(place).strip()
        if address and not address.startswith("data:"):
            return "https:" + address if address.startswith("//") else address
    return ""


def caption_of(node: Node | None) -> tuple[str, str]:
    """The words and the credit of a caption; a credit has an element of its own, or none."""
    if node is None:
        return "", ""
    marked = [each for each in node.nodes() if "credit" in each.get("class").lower()]
    credit = next((each for each in marked if each is not node), None)
    words = without(node, credit)
    return (words, credit.text()) if credit and len(credit.text()) <= 200 else (node.text(), "")
