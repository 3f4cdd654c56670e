"""Days and moments, in the site's time zone."""

import datetime as dt

from django.db.models import QuerySet

from ..library.date_formats import local
from ..library.days import EARLIEST, LATEST
from ..library.days import ends as ends
from ..library.days import starts as starts

FOREVER = dt.datetime(9000, 1, 1, tzinfo=dt.UTC)
"""The end of an interval that nobody has ended yet."""

INSTANT = dt.timedelta(microseconds=1)
"""The shortest time that something is live."""

SECOND = dt.timedelta(seconds=1)


def day_of(moment: dt.datetime) -> dt.date:
    """The calendar day of a moment where the newsroom is."""
    return local(moment).date()


def possible(rows: QuerySet) -> QuerySet:
    """Rows with a `published_at` within bounds. Rows stored before the field had bounds would break
    date archives."""
    return rows.filter(published_at__gte=EARLIEST, published_at__lt=LATEST)


def whole_second(moment: dt.datetime, *, after: dt.datetime | None = None) -> dt.datetime:
    """The datetime in whole seconds, or unchanged if that would not be later than `after`."""
    whole = moment.replace(microsecond=0)
    return moment if after and whole <= after else whole


def next_whole_second(moment: dt.datetime) -> dt.datetime:
    """The datetime rounded up to a whole second, so that nothing goes live before its time."""
    whole = moment.replace(microsecond=0)
    return whole if whole == moment else whole + SECOND


def month_after(day: dt.date) -> dt.date:
    """The first day of the next month."""
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
