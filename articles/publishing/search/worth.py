"""Worth: how well a story answers, and how new it is."""

import datetime as dt

from .entry import moment_of

HALVED_IN = 180
"""Days after which a story is worth half as much; after twice as many a third."""
_DAY = dt.timedelta(days=1)


def freshness(place, *, at):
    """What the worth of a story at this place is multiplied by, the same all day long, so that
    pages follow each other: 1 for today's."""
    today = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return 1 / (1 + max(0, (today - moment_of(place)) // _DAY) / HALVED_IN)


def best_first(hits, *, at):
    """Hits, (place, edition, worth), the best first; of two that are alike the newer."""
    return sorted(
        hits, key=lambda hit: ((hit[2] or 0) * freshness(hit[0], at=at), hit[0]), reverse=True
    )
