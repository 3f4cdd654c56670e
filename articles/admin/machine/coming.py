"""The next scheduled moments of the site."""

import datetime as dt
from typing import NamedTuple

from ...publishing.dates import FOREVER
from ...publishing.editions.edition import Edition

MOST = 20


class Coming(NamedTuple):
    """What happens to a story at a moment: an edition goes live, or the story leaves the site."""

    at: dt.datetime
    post_id: int
    headline: str
    is_first: bool
    is_leaving: bool


def coming_moments(now: dt.datetime) -> list[Coming]:
    """The next ones, the soonest first. Two queries."""
    columns = ("post_id", "headline", "number")
    begin = Edition.objects.filter(live_from__gt=now).order_by("live_from", "pk")
    end = Edition.objects.filter(live_until__gt=now, live_until__lt=FOREVER)
    begins = [
        Coming(at, post, headline, number == 1, is_leaving=False)
        for at, post, headline, number in begin.values_list("live_from", *columns)[:MOST]
    ]
    followed = {(coming.post_id, coming.at) for coming in begins}
    ends = [
        Coming(at, post, headline, is_first=False, is_leaving=True)
        for at, post, headline, _number in end.order_by("live_until", "pk").values_list(
            "live_until", *columns
        )[:MOST]
        if (post, at) not in followed
    ]
    return sorted([*begins, *ends])[:MOST]
