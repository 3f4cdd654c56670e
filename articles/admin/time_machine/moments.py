"""Moments in the time machine's URLs: 2026-11-26T17:57, in the newsroom's time zone unless said."""

import datetime as dt
import re

from django.urls import reverse
from django.utils import timezone

from ...library.days import is_possible

_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})?"
)
MARGIN = dt.timedelta(days=3)
LONGEST = 40
"""Characters of a moment in a URL."""


def read_moment(text):
    """The datetime that a text names, or None. Of an hour that the clocks repeat, the first."""
    if len(text) > LONGEST or not _MOMENT.fullmatch(text):
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=timezone.get_default_timezone())
        moment = moment.astimezone(dt.UTC)
        # Pages name the days around it.
        around = moment - MARGIN, moment + MARGIN
    except (ValueError, OverflowError):
        return None
    return moment if all(map(is_possible, around)) else None


def write_moment(moment):
    """The datetime as URLs name it exactly: 2026-11-26T17:57:00Z."""
    return moment.astimezone(dt.UTC).replace(tzinfo=None).isoformat() + "Z"


def time_machine_url(moment, path):
    """The URL of a public page (its path, with a slash at the beginning) at a moment."""
    return reverse("admin:time_machine_page", args=[write_moment(moment)]) + path.lstrip("/")
