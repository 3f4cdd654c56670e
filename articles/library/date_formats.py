"""Dates and times as text, in the active language and the newsroom's time zone."""

import datetime as dt
import re
from functools import lru_cache

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.formats import get_format
from django.utils.translation import get_language, pgettext

DAY_NUMBER = re.compile(r"(?<!\\)j")


def format_day(day: dt.date) -> str:
    """13 December 2016, 13 décembre 2016. Like all of these it takes a date or a datetime."""
    return _day_in(get_language(), local(day).date() if isinstance(day, dt.datetime) else day)


@lru_cache(maxsize=4096)
def _day_in(language: str, day: dt.date) -> str:
    # A page shows few days, each of them often.
    return _format(day, get_format("DATE_FORMAT"))


def format_day_and_month(day: dt.date) -> str:
    """13 December."""
    return _format(day, get_format("MONTH_DAY_FORMAT"))


def format_day_number(day: dt.date) -> str:
    """13, to be followed by its month."""
    return _format(day, "j")


def format_month(day: dt.date) -> str:
    """December 2016."""
    return _format(day, get_format("YEAR_MONTH_FORMAT"))


def format_month_name(day: dt.date) -> str:
    """December."""
    return _format(day, "F")


def format_moment(moment: dt.datetime) -> str:
    """22 Nov 2026, 14:05."""
    # Translators: Django's date format for a short day and a time, as in “22 Nov 2026, 14:05”.
    return _format(moment, pgettext("date format", "j M Y, H:i"))


def clock(moment: dt.datetime) -> str:
    """14:05, in the newsroom's time zone."""
    return f"{local(moment):%H:%M}"


def day_comes_first() -> bool:
    """Whether the language writes the day before the month and the year."""
    return get_format("DATE_FORMAT").startswith("j")


def local(moment: dt.datetime) -> dt.datetime:
    """A datetime in the newsroom's time zone, whichever one is active."""
    return timezone.localtime(moment, timezone.get_default_timezone())


def _format(day: dt.date, date_format: str) -> str:
    if isinstance(day, dt.datetime):
        day = local(day)
    # Translators: the day that begins a month, as in “1 December 2016”; French says “1er”.
    first = pgettext("first day of a month", "1")
    if day.day == 1 and first != "1":
        date_format = DAY_NUMBER.sub("".join(rf"\\{letter}" for letter in first), date_format)
    return format_date(day, date_format)
