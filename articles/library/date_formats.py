"""Days and moments as the site's language says them, where the newsroom is."""

import datetime as dt
import re
from functools import lru_cache

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.formats import get_format
from django.utils.translation import get_language, pgettext

DAY_NUMBER = re.compile(r"(?<!\\)j")


def say_day(day):
    """A day, or the day of a moment: 13 December 2016, 13 décembre 2016."""
    return _day_in(get_language(), _here(day).date() if isinstance(day, dt.datetime) else day)


@lru_cache(maxsize=4096)
def _day_in(language, day):
    # A page says few days and says them often.
    return _say(day, get_format("DATE_FORMAT"))


def say_day_of_year(day):
    """A day whose year is known: 13 December."""
    return _say(day, get_format("MONTH_DAY_FORMAT"))


def say_day_of_month(day):
    """A day whose month is said after it: 13."""
    return _say(day, "j")


def say_month(day):
    """The month of a day, with its year: December 2016."""
    return _say(day, get_format("YEAR_MONTH_FORMAT"))


def say_month_of_year(day):
    """The month of a day whose year is known: December."""
    return _say(day, "F")


def say_moment(moment):
    """A day and a time of day, as an editor reads them in a table: 22 Nov 2026, 14:05."""
    # Translators: Django's date format for a short day and a time, as in “22 Nov 2026, 14:05”.
    return _say(moment, pgettext("date format", "j M Y, H:i"))


def day_leads():
    """Whether the language says the day before the month and the year, as in 13 December 2016."""
    return get_format("DATE_FORMAT").startswith("j")


def _here(moment):
    return timezone.localtime(moment, timezone.get_default_timezone())


def _say(day, shape):
    if isinstance(day, dt.datetime):
        day = _here(day)
    # Translators: the day that begins a month, as in “1 December 2016”; French says “1er”.
    first = pgettext("first day of a month", "1")
    if day.day == 1 and first != "1":
        shape = DAY_NUMBER.sub("".join(rf"\\{letter}" for letter in first), shape)
    return format_date(day, shape)
