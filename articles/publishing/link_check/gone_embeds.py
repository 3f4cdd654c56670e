"""Which embeds of stories are known to show nothing any more. Asks nobody but the database."""

import re
from collections import defaultdict
from collections.abc import Collection
from html import unescape

from .embed_check import EmbedCheck

_EMBED = re.compile(r'<aside class="embed"><a href="([^"]*)"')


def embeds_in(body: list[dict]) -> set[str]:
    """The addresses of the embeds in a body."""
    return {unescape(href) for piece in body for href in _EMBED.findall(piece.get("html", ""))}


def gone_embeds(posts: Collection[int]) -> dict[int, set[str]]:
    """{post: addresses}. One query, or none without posts."""
    found: dict[int, set[str]] = defaultdict(set)
    if posts:
        gone = EmbedCheck.objects.filter(post__in=posts, gone_since__isnull=False)
        for post, address in gone.values_list("post", "address"):
            found[post].add(address)
    return found
