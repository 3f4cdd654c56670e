"""The days that a calendar shows: a week, or a month in whole weeks."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from django.utils.formats import get_format
from django.utils.translation import gettext as _

from ...library.date_formats import format_day, format_day_and_month, format_month
from ...library.days import FIRST_DAY, LAST_DAY
from ...publishing.dates import month_after

WEEK = dt.timedelta(days=7)
EDGE = dt.timedelta(days=60)
"""Calendars end so long before the days that a story can have, for they name the days around."""


@dataclass(frozen=True)
class Span:
    """The days of a calendar, those before and after it, and what it is called."""

    kind: str
    day: dt.date
    days: list[dt.date]
    title: str
    before: dt.date
    after: dt.date

    def holds(self, day):
        """Whether a day belongs to it; a month also shows the days that fill its weeks."""
        return self.kind == "week" or day.month == self.day.month


def week_of(day):
    """The Span of the week that a day belongs to."""
    first = first_of_week(day)
    days = [first + dt.timedelta(days=number) for number in range(7)]
    title = _("%(first)s to %(last)s") % {
        "first": format_day_and_month(days[0]),
        "last": format_day(days[-1]),
    }
    return Span("week", day, days, title, day - WEEK, day + WEEK)


def month_of(day):
    """The Span of the month that a day belongs to."""
    first = day.replace(day=1)
    after = month_after(first)
    begins, ends = first_of_week(first), first_of_week(after - dt.timedelta(days=1)) + WEEK
    days = [begins + dt.timedelta(days=number) for number in range((ends - begins).days)]
    before = (first - dt.timedelta(days=1)).replace(day=1)
    return Span("month", first, days, format_month(first), before, after)


def first_of_week(day):
    """The day that begins the week, which day of the week that is where the language is spoken."""
    begins = (get_format("FIRST_DAY_OF_WEEK") - 1) % 7  # Django counts from Sunday
    return day - dt.timedelta(days=(day.weekday() - begins) % 7)


def weeks_of(days):
    """The days, seven by seven."""
    numbered = groupby(enumerate(days), key=lambda pair: pair[0] // 7)
    return [[day for place, day in week] for number, week in numbered]


def read_day(text, *, default):
    """The day that a URL names, or the default for what is no day of a calendar."""
    try:
        day = dt.date.fromisoformat(text or "")
    except ValueError:
        return default
    return day if FIRST_DAY + EDGE <= day <= LAST_DAY - EDGE else default
