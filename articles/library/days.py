"""Days and moments that a story, a picture or a pin can have: no newsroom needs others."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

FIRST_DAY = dt.date(1600, 1, 1)
LAST_DAY = dt.date(2999, 12, 31)

# A day within them, so that they are within them in every time zone.
EARLIEST = dt.datetime(1600, 1, 2, tzinfo=dt.UTC)
LATEST = dt.datetime(2999, 12, 31, tzinfo=dt.UTC)


def is_possible(moment):
    """Whether a story can have this moment."""
    return EARLIEST <= moment < LATEST


def validate_day(day):
    """Raise ValidationError for a day that nothing here can have."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(outside(day), code="no_such_day")


def validate_moment(moment):
    """Raise ValidationError for a moment that nothing here can have."""
    if not is_possible(moment):
        raise ValidationError(outside(moment), code="no_such_day")


def outside(day):
    """What is said of a day or a moment outside: a year of two digits is the usual slip."""
    words = _("%(day)s cannot be right: give the year in four digits, from %(first)s to %(last)s.")
    said = f"{day.year:04}-{day.month:02}-{day.day:02}"
    return words % {"day": said, "first": FIRST_DAY.year, "last": LAST_DAY.year}


class DayField(models.DateField):
    """A day within bounds; for migrations it is Django's field."""

    default_validators = [validate_day]

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateField", args, kwargs


class MomentField(models.DateTimeField):
    """A moment within bounds; for migrations it is Django's field."""

    default_validators = [validate_moment]

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateTimeField", args, kwargs
