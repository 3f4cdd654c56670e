"""Where the links of a batch lead: to which stories of the export, at which new addresses."""

import datetime as dt
import re
from collections.abc import Iterable

from ...publishing.editions.card_row import story_address
from ..addresses import key_at
from ..converter.pieces import Converted, Link, Prose
from ..scratch import Scratch

_HREF = re.compile(r'<a href="([^"]*)')


class Links:
    """The links of some texts, looked up together."""

    def __init__(self, scratch: Scratch, hosts: set[str], texts: Iterable[Converted]) -> None:
        self.hosts = hosts
        keys = {
            key for text in texts for address in addresses_in(text) if (key := self.key(address))
        }
        found = scratch.found("SELECT key, id FROM paths WHERE key IN ({})", keys)
        self.stories: dict[str, str] = dict(found)
        rows = scratch.found(
            "SELECT id, title, day, slug, chosen FROM stories WHERE id IN ({})",
            self.stories.values(),
        )
        self.titles = {key: title for key, title, *_others in rows}
        self.chosen = {key for key, *_others, chosen in rows if chosen}
        self.new = {key: (day, slug) for key, _title, day, slug, _chosen in rows if day and slug}

    def key(self, address: str) -> str:
        return key_at(address.replace("&amp;", "&"), self.hosts)

    def story_at(self, address: str) -> str:
        """The id of the story that an address leads to, else empty."""
        return self.stories.get(self.key(address), "")

    def new_address(self, href: str) -> str:
        """Where a link leads from now on, as it stands in an attribute."""
        day, slug = self.new.get(self.story_at(href), ("", ""))
        return story_address(dt.date.fromisoformat(day), slug) if day else href


def addresses_in(text: Converted) -> Iterable[str]:
    for piece in text.pieces:
        if isinstance(piece, Link):
            yield piece.address
        if isinstance(piece, Prose | Link) and "<a " in piece.html:
            yield from _HREF.findall(piece.html)
