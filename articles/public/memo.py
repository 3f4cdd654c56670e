"""Memo: what many pages share, made once in a process and kept until its keys are invalidated."""

from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from django.conf import settings

from ..publishing.database_routing import reading_from
from ..publishing.dates import day_of, ends
from ..publishing.surrogate_keys import NAMES_KEY, SITE_KEY

KEYS = {"site": (SITE_KEY,), "names": (SITE_KEY, NAMES_KEY)}
"""Sets of surrogate keys."""

DEPENDS_ON = {"navigation": "site", "suggestions": "names"}
RENDERED_DEPENDS_ON = {"frames": "site", "cards": "site", "filters": "names"}
"""Which of KEYS each shared value depends on; the second are of rendered ones."""

MAX_HELD = 5_000
"""Values that a process holds; the one made first goes first."""


@dataclass(frozen=True)
class Held:
    """A value, the number of the site's last change when it was made, and how long it holds."""

    value: Any
    count: int
    made_at: datetime
    fresh_until: datetime

    def is_current(self, site, keys, stamp):
        """Whether it would be the same if it were made in this state of the site."""
        newest = max(site.stamps.get(keys, 0), stamp)
        return newest <= self.count and self.made_at <= site.read_at < self.fresh_until


_held = {}
_changing = Lock()


def holds(name):
    """Whether this process holds a value of this name, current or not."""
    return (reading_from(), name, None) in _held


def memo(request, name, make, variant=None):
    """The value of this name (see DEPENDS_ON) and variant: the one held, or what `make()` returns,
    held from now on.

    Each database that pages are made from has values of its own. A request whose page is for one
    person (a preview) knows no `request.site` and has its own made.
    """
    value = look_up(request, name, variant)
    return hold(request, name, make(), variant) if value is None else value


def look_up(request, name, variant=None, *, stamp=0):
    """The value that is held, if it is current; else None. `stamp` is that of a key of its own."""
    site = getattr(request, "site", None)
    if site is None or (settings.DEBUG and name in RENDERED_DEPENDS_ON):
        return None  # with DEBUG, so that a changed template is seen at once
    held = _held.get((reading_from(), name, variant))
    keys = DEPENDS_ON.get(name) or RENDERED_DEPENDS_ON[name]
    return held.value if held and held.is_current(site, keys, stamp) else None


def hold(request, name, value, variant=None):
    """The value, held from now on; at most until the end of the day, which pages show."""
    if site := getattr(request, "site", None):
        end_of_day = ends(day_of(site.read_at))
        until = min(end_of_day, site.changes_at or end_of_day)
        with _changing:
            if len(_held) >= MAX_HELD:
                del _held[next(iter(_held))]
            _held[reading_from(), name, variant] = Held(value, site.count, site.read_at, until)
    return value
