"""Bounds of the days and moments that a story, a photo or a pin can have."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from .stored_as_django import StoredAsDjango

FIRST_DAY = dt.date(1600, 1, 1)
LAST_DAY = dt.date(2999, 12, 31)

# A day within them, so that they are within them in every time zone.
EARLIEST = dt.datetime(1600, 1, 2, tzinfo=dt.UTC)
LATEST = dt.datetime(2999, 12, 31, tzinfo=dt.UTC)


def is_possible(day: dt.date) -> bool:
    """Whether a day or a datetime is within these bounds."""
    if isinstance(day, dt.datetime):
        return EARLIEST <= day < LATEST
    return FIRST_DAY <= day <= LAST_DAY


def validate_day(day: dt.date) -> None:
    if not is_possible(day):
        raise ValidationError(outside(day), code="no_such_day")


def outside(day: dt.date) -> str:
    """The error for a day or a datetime out of bounds; most often its year has two digits."""
    text = f"{day.year:04}-{day.month:02}-{day.day:02}"
    return _(
        "%(day)s cannot be right: give the year in four digits, from %(first)s to %(last)s."
    ) % {"day": text, "first": FIRST_DAY.year, "last": LAST_DAY.year}


def starts(day: dt.date) -> dt.datetime:
    """The moment a day begins where the newsroom is; right on the nights the clocks change.

    Raises ValueError for a day outside FIRST_DAY to LAST_DAY.
    """
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"{day} is no day that a story can have.")
    return dt.datetime.combine(day, dt.time(), tzinfo=timezone.get_default_timezone())


def ends(day: dt.date) -> dt.datetime:
    """The beginning of the next day."""
    return starts(day + dt.timedelta(days=1))


class DayField(StoredAsDjango, models.DateField):
    default_validators = [validate_day]


class MomentField(StoredAsDjango, models.DateTimeField):
    default_validators = [validate_day]
