"""Days and moments, in the site's time zone."""

import datetime as dt

from django.utils import timezone

from ..library.days import EARLIEST, FIRST_DAY, LAST_DAY, LATEST

FOREVER = dt.datetime(9000, 1, 1, tzinfo=dt.UTC)
"""The end of an interval that nobody has ended yet."""

INSTANT = dt.timedelta(microseconds=1)
SECOND = dt.timedelta(seconds=1)
"""The shortest time that something is live."""


def day_of(moment):
    """The calendar day of a moment where the newsroom is."""
    return timezone.localtime(moment, timezone.get_default_timezone()).date()


def possible(rows):
    """Those of the rows that were posted on a day that there can be: one that is not, from before
    there were bounds, must not take the others down with it."""
    return rows.filter(published_at__gte=EARLIEST, published_at__lt=LATEST)


def whole_second(moment, *, after=None):
    """The beginning of a moment's second: what is published says whole seconds, never later ones.

    The moment itself where that would not be later than `after`.
    """
    whole = moment.replace(microsecond=0)
    return moment if after and whole <= after else whole


def next_whole_second(moment):
    """A moment still to come in whole seconds: nothing is seen before it was promised."""
    whole = moment.replace(microsecond=0)
    return whole if whole == moment else whole + SECOND


def starts(day):
    """The moment a day begins where the newsroom is; right on the nights the clocks change.

    Raises ValueError for a day outside FIRST_DAY to LAST_DAY.
    """
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"{day} is no day that a story can have.")
    return dt.datetime.combine(day, dt.time(), tzinfo=timezone.get_default_timezone())


def ends(day):
    """The moment a day is over: the next day's beginning."""
    return starts(day + dt.timedelta(days=1))


def month_after(day):
    """The first day of the month after this day's."""
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
