"""Surrogate keys: by these a cache in front knows what a page shows, and is told what to forget.

A page carries the keys of what it shows or would show; a change names the keys of what it touches.
A key is short and plain, because every page carries several.
"""

SITE = "site"
"""On every page: the navigation, the banner, names and pictures of sections, topics and authors."""

LISTS = "lists"
"""On whatever any publication may change: lists of all stories, searches, feeds, maps, and
addresses where nothing is."""

NAMES = "names"
"""On nothing but the names offered in forms: a topic or an author has a live story now, or none."""

FRONT = "front"
"""On the front page."""


def story_key(identity):
    """The key of a story, from its own identity (a UUID, or one as text)."""
    return f"story-{str(identity).replace('-', '')[:12]}"


def section_key(pk):
    return f"section-{pk}"


def topic_key(pk):
    return f"topic-{pk}"


def author_key(pk):
    return f"author-{pk}"


def front_key(section):
    """The key of a front: the front page's (None), or a section's page's."""
    return section_key(section.pk) if section else FRONT
