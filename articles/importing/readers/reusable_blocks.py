"""Reusable blocks of WordPress: written once, and shown in every story that names their id."""

import re
from collections.abc import Callable
from typing import Any

from ..converter.wordpress_blocks import read_json

MOST_DEPTH = 20
MOST_CHARACTERS = 1024 * 1024
"""That blocks add to a story: those that name each other could double for ever."""
_NAMED = re.compile(r"<!--\s*+wp:(?:core/)?block\s((?:(?!-->|<!--).)*+)-->", re.S)


class Filler:
    """Fills one story in; `replaced` are words that it showed in place of some of a block's.

    `block_of` gives the HTML of a block by its id, empty where there is none.
    """

    def __init__(self, block_of: Callable[[str], str]) -> None:
        self.block_of = block_of
        self.room = MOST_CHARACTERS
        self.replaced: list[str] = []

    def fill(self, html: str, above: tuple[str, ...] = ()) -> str:
        """HTML with the blocks that it names; a block that names itself is left as it is."""

        def block(found: re.Match[str]) -> str:
            data = read_json(found[1].strip().removesuffix("/"))
            key = str(data.get("ref", ""))
            words = "" if key in above or len(above) == MOST_DEPTH else self.block_of(key)
            self.room -= len(words)
            if not words or self.room < 0:
                return found[0]
            self.replaced += replaced_words(data)
            return self.fill(words, (*above, key))

        return _NAMED.sub(block, html)


def replaced_words(data: dict[str, Any]) -> list[str]:
    """The words that a story has of its own in a block, by the names of that block's parts."""
    parts = data.get("content")
    if not isinstance(parts, dict):
        return []
    named = [each for each in parts.values() if isinstance(each, dict)]
    return [each["content"] for each in named if isinstance(each.get("content"), str)]
