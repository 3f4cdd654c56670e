"""Codes in brackets that WordPress knows."""

import re
from typing import TYPE_CHECKING

from ..incoming import Use
from .embeds import embed
from .figures import image
from .markup import attributes_of
from .pieces import GalleryOfStory, Series
from .tree import Node, tree_of

if TYPE_CHECKING:
    from .walker import Walker


def short(walker: "Walker", node: Node) -> None:
    name, written = node.get("n"), node.get("a")
    attributes = attributes_of(written)
    if name in {"caption", "wp_caption"}:
        caption_code(walker, node, attributes)
    elif name == "gallery":
        gallery_code(walker, attributes)
    else:
        found = re.search(r"https?://[^\s\"'\]<>]+", f"{written} {node.text()}")
        address = found[0] if found else ""
        if not address and name == "youtube" and (key := re.search(r"[\w-]{11}", written)):
            address = f"https://www.youtube.com/watch?v={key[0]}"
        if not address and name == "vimeo" and (key := re.search(r"\d{5,}", written)):
            address = f"https://vimeo.com/{key[0]}"
        if not address and node.text():
            walker.flow(node.children)
        elif address:
            embed(walker, address, name if name in {"audio", "video"} else "")
        else:
            walker.done.left_out[f"shortcode_{name}"] += 1


def caption_code(walker: "Walker", node: Node, attributes: dict[str, str]) -> None:
    pictures = [each for each in node.nodes() if each.tag == "img"]
    words = tree_of(attributes.get("caption", "")).text() or node.text()
    number = re.search(r"\d+", attributes.get("id", ""))
    if not pictures:
        walker.flow(node.children)
        return
    walker.attachment = number[0] if number else ""
    image(walker, pictures[0], caption=words)
    walker.attachment = ""


def gallery_code(walker: "Walker", attributes: dict[str, str]) -> None:
    numbers = re.findall(r"\d+", attributes.get("ids", "") or attributes.get("include", ""))
    uses = [Use(attachment=number) for number in numbers]
    walker.done.pieces.append(Series(uses) if uses else GalleryOfStory())
