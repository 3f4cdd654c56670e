"""Memo: what many pages share, made once in a process and kept until its keys are invalidated."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..publishing.database_routing import reading_from
from ..publishing.surrogate_keys import NAMES_KEY, SITE_KEY

KEYS = {"navigation": (SITE_KEY,), "suggestions": (SITE_KEY, NAMES_KEY)}
"""What pages share, and the surrogate keys that it stands under."""


@dataclass(frozen=True)
class Held:
    """A value, the number of the site's last change when it was made, and how long it holds."""

    value: Any
    count: int
    made_at: datetime
    right_until: datetime | None

    def is_right(self, site, name):
        """Whether it would be the same if it were made where the site stands now."""
        in_time = self.made_at <= site.read_at and (
            self.right_until is None or site.read_at < self.right_until
        )
        return in_time and site.stamps[name] <= self.count


_held = {}


def holds(name):
    """Whether this process holds a value of this name, right or not."""
    return (reading_from(), name) in _held


def memo(request, name, make):
    """The value of this name (see KEYS): the one held, or what `make()` returns, held from now on.

    Each database that pages are made from has values of its own. A request whose page is for one
    person (a preview) knows no `request.site` and has its own made.
    """
    site = getattr(request, "site", None)
    if site is None:
        return make()
    slot = reading_from(), name
    held = _held.get(slot)
    if held is None or not held.is_right(site, name):
        held = _held[slot] = Held(make(), site.count, site.read_at, site.changes_at)
    return held.value
