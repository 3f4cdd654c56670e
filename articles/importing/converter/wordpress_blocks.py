"""Blocks of WordPress, by the comments that named them."""

import json
import re
from typing import TYPE_CHECKING, Any

from ..incoming import Use
from .embeds import embed
from .pieces import Picture, Series
from .pruning import without
from .sites import is_address, whole
from .tree import Node

if TYPE_CHECKING:
    from .walker import Walker

NOTHING_BLOCKS = {"separator", "spacer", "more", "nextpage", "page-break"}
FURNITURE = re.compile(
    "(?:core-|core/)?(?:query|query-.*|latest-posts|latest-comments|search|navigation.*|archives"
    "|categories|terms-query|calendar|rss|tag-cloud|social-links|social-link|page-list.*|loginout"
    "|post-.*|site-.*|template-part|pattern|comments?.*|avatar|read-more|home-link|legacy-widget"
    "|widget-.*|term-description|block|footnotes|shortcode-ad)"
    "|newspack-blocks/.*|newspack-popups/.*|newspack-ads/.*|newspack-listings/.*"
    "|jetpack/(?:contact-form|field-.*|subscriptions|mailchimp|donations|recurring-payments"
    "|related-posts|top-posts|blogroll|like|sharing.*|podcast-player|eventbrite|calendly|paywall)"
    "|gravityforms/.*|wpforms/.*|contact-form-7/.*|mailchimp.*|yoast-seo/related-links|.*/form"
)
"""Blocks of a site that lives: they show something else every day, and have no words of their own.
"""


def wp_block(walker: "Walker", node: Node) -> None:
    name = node.get("n").removeprefix("core/")
    data = read_json(node.get("d"))
    if name in NOTHING_BLOCKS:
        return
    if FURNITURE.fullmatch(name):
        walker.done.left_out[f"block_{name}"] += 1
        return
    if name == "embed" or name.startswith("core-embed/"):
        embed_block(walker, node, data)
    elif name == "file" and isinstance(data.get("href"), str):
        button = next((n for n in node.nodes() if n.has_class("wp-block-file__button")), None)
        words = without(node, button).strip() if node.find("a") else ""
        embed(walker, data["href"], "file", title=words)
    elif name == "image" and not node.find("img") and data.get("id"):
        walker.done.pieces.append(Picture(Use(attachment=str(data["id"]))))
    elif name == "gallery" and not node.find("img") and isinstance(data.get("ids"), list):
        walker.done.pieces.append(Series([Use(attachment=str(each)) for each in data["ids"]]))
    elif name == "image":
        walker.attachment = str(data.get("id") or "")
        walker.flow(node.children)
        walker.attachment = ""
    else:
        was, walker.is_classic = walker.is_classic, walker.is_classic or name == "freeform"
        before = len(walker.done.pieces)
        walker.flow(node.children)
        walker.is_classic = was
        if len(walker.done.pieces) == before and "/" in name:
            walker.done.left_out[f"block_{name}"] += 1


def embed_block(walker: "Walker", node: Node, data: dict[str, Any]) -> None:
    caption = node.find("figcaption")
    address = str(data.get("url") or "") or node.text().split(" ")[0]
    if not is_address(whole(address)):
        walker.flow(node.children)
        return
    embed(walker, address, title=caption.text() if caption else "")


def read_json(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}
