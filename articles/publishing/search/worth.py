"""Worth: how well a story answers, and how new it is."""

import datetime as dt

from .entry import EPOCH, ROOM

HALVED_IN = 180
"""Days after which a story is worth half as much; after twice as many a third."""
_DAY = dt.timedelta(days=1)


def freshness(place, *, at):
    """What the worth of a story at this place is multiplied by: 1 for today's. The same all day
    long, so that pages follow each other."""
    days = (at - EPOCH) // _DAY - place // ROOM // 86_400
    return 1 / (1 + max(0, days) / HALVED_IN)


def best_first(hits, *, at):
    """Hits, (place, edition, worth), the best first; of two that are alike the newer."""
    return sorted(
        hits, key=lambda hit: ((hit[2] or 0) * freshness(hit[0], at=at), hit[0]), reverse=True
    )
