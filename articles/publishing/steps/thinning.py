"""Thinning: which revisions of a story go, so that at most forty stay beside those that must.

Of the last 24 hours every revision stays; of the six days before, the last of each hour; of all
days before, the last of each day. Where that leaves more than forty, more go, the oldest first and
only as many as have to: of what is older than 24 hours all but the last of each day; then of the
last 24 hours all but the last of each hour; then the oldest.

A revision that has a name, that a step was taken at, or whose words an edition has must stay and
is not asked about here.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import NamedTuple

from ...library.date_formats import local

MOST = 40
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)


class Kept(NamedTuple):
    """A revision: the version of the desk copy, and when that was saved."""

    version: int
    saved_at: dt.datetime


Span = Callable[[Kept], object]
"""Something that several revisions may be in, of which the last stays."""


def its_hour(kept: Kept) -> object:
    # The offset tells the hour that comes twice in the night when the clocks go back.
    saved = local(kept.saved_at)
    return saved.date(), saved.hour, saved.utcoffset()


def its_day(kept: Kept) -> object:
    return local(kept.saved_at).date()


def superfluous(revisions: Sequence[Kept], *, now: dt.datetime) -> list[int]:
    """The versions, of these in their order, that need not be kept any longer."""

    def older_than(age: dt.timedelta) -> int:
        return sum(now - kept.saved_at >= age for kept in stay)

    stay = list(revisions)
    stay = _thinned(stay, its_day, upto=older_than(WEEK))
    stay = _thinned(stay, its_hour, upto=older_than(DAY))
    stay = _thinned(stay, its_day, upto=older_than(DAY), most=MOST)
    stay = _thinned(stay, its_hour, upto=len(stay), most=MOST)
    left = {kept.version for kept in stay[-MOST:]}
    return [kept.version for kept in revisions if kept.version not in left]


def _thinned(revisions: list[Kept], span: Span, *, upto: int, most: int = 0) -> list[Kept]:
    """These revisions without those, of the first so many, that are followed by one of the same
    span; the oldest go first, until at most `most` are left."""
    stay, spare = [], len(revisions) - most
    for place, kept in enumerate(revisions):
        last_of_span = place + 1 >= upto or span(revisions[place + 1]) != span(kept)
        if last_of_span or spare <= 0:
            stay.append(kept)
        else:
            spare -= 1
    return stay
