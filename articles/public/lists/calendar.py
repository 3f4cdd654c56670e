"""Calendars: which days of a month, and which months of a year, have stories."""

import datetime as dt
from itertools import groupby

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import get_format
from django.utils.text import capfirst

from ...library.date_formats import format_day_and_month, format_month_name
from ...publishing.dates import month_after, starts
from ...publishing.editions.edition import Edition
from ...publishing.editions.translations import ALL_LANGUAGES
from .bounded_counts import MANY, count_in_spans
from .languages import list_path


def months_of(year, *, at, lang=ALL_LANGUAGES):
    """The months of a year: [{text, url, stories, many}], url and stories empty for an empty one.

    `many` says that there are at least so many stories.
    """
    firsts = [dt.date(year, month, 1) for month in range(1, 13)]
    found = counted([(first, month_after(first)) for first in firsts], lang, at=at)
    return [
        {
            "text": capfirst(format_month_name(first)),
            "url": list_path(lang, "month", first.year, first.month) if stories else "",
            "stories": stories,
            "many": stories >= MANY,
        }
        for first, stories in zip(firsts, found, strict=True)
    ]


def days_of(first, *, at, lang=ALL_LANGUAGES):
    """A month as a calendar: {heads: [{short, long}], weeks: [[cell]]}.

    A cell is {day, text, url, stories, many}, `text` naming the whole day; None beside the month.
    The week begins on the day on which it does in the language of the site.
    """
    after = month_after(first)
    days = [first + dt.timedelta(days=number) for number in range((after - first).days)]
    found = counted([(day, day + dt.timedelta(days=1)) for day in days], lang, at=at)
    begins = (get_format("FIRST_DAY_OF_WEEK") - 1) % 7  # Django counts from Sunday
    cells = [
        {
            "day": day.day,
            "text": format_day_and_month(day),
            "url": list_path(lang, "day", day.year, day.month, day.day) if stories else "",
            "stories": stories,
            "many": stories >= MANY,
        }
        for day, stories in zip(days, found, strict=True)
    ]
    cells = [None] * ((first.weekday() - begins) % 7) + cells
    cells += [None] * (-len(cells) % 7)
    return {
        "heads": [
            {"short": WEEKDAYS_ABBR[day % 7], "long": WEEKDAYS[day % 7]}
            for day in range(begins, begins + 7)
        ],
        "weeks": [
            [cell for _place, cell in week]
            for _number, week in groupby(enumerate(cells), key=lambda pair: pair[0] // 7)
        ],
    }


def counted(spans, lang, *, at):
    """How many live stories were posted in each span of days (the second day is outside)."""
    spans = [(starts(since), starts(until)) for since, until in spans]
    return count_in_spans(spans, lang.of(Edition.objects.live(at), at=at))
