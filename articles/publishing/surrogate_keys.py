"""Surrogate keys: short names of what a page shows, by which pages are invalidated and purged.

A page carries the keys of all that it shows or could show; a change names the keys it affects.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from ..library.section import Section

SITE_KEY = "site"
"""On every page: the navigation, the banner, names and pictures of sections, topics and authors."""

LISTS_KEY = "lists"
"""On whatever any publication may change: lists of all stories, searches, feeds, sitemaps, and
404 pages."""

NAMES_KEY = "names"
"""On the names that forms offer. It changes when a topic or an author gains its first live story or
loses its last."""

FRONT_KEY = "front"
"""On the front page."""

MAX_KEYS = 200
"""A change that affects more keys invalidates the whole site."""


def story_key(uuid: UUID | str) -> str:
    return f"story-{str(uuid).replace('-', '')[:12]}"


def section_key(pk: int | str) -> str:
    return f"section-{pk}"


def topic_key(pk: int | str) -> str:
    return f"topic-{pk}"


def author_key(pk: int | str) -> str:
    return f"author-{pk}"


def front_key(section: "Section | None") -> str:
    """The key of a section's front, or of the front page (None)."""
    return section_key(section.pk) if section else FRONT_KEY


def numbers_in(keys: Iterable[str], kind: str) -> list[int]:
    """The primary keys that the keys of one kind (section, topic, author) name."""
    return [int(key.removeprefix(f"{kind}-")) for key in keys if key.startswith(f"{kind}-")]


def collapse_keys(keys: Iterable[str]) -> list[str]:
    """The keys sorted, without duplicates; just SITE_KEY if it is among them or they are many."""
    unique = sorted(set(keys))
    return [SITE_KEY] if SITE_KEY in unique or len(unique) > MAX_KEYS else unique
