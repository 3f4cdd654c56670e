"""Dates and times in the desk's forms, in the newsroom's time zone."""

import datetime as dt

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...library.date_formats import format_day, format_moment, local
from ...library.days import is_possible

DATETIME_LOCAL_FORMAT = "%Y-%m-%dT%H:%M"


def format_time_zone(moment):
    """Europe/London (GMT)."""
    return f"{settings.TIME_ZONE} ({local(moment):%Z})"


def combine_local(day, time):
    """The datetime of a day and a time of day in the newsroom's time zone.

    Raises ValidationError for a day out of bounds, and for a time that the clocks skip or repeat.
    """
    if not is_possible(day):
        raise ValidationError(_("No story has such a day."), code="no_such_day")
    zone = timezone.get_default_timezone()
    first, second = (dt.datetime.combine(day, time.replace(fold=fold), zone) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    code = "time_twice"
    problem = _("The clocks go back that night: %(time)s on %(day)s happens twice in %(zone)s.")
    if first.astimezone(dt.UTC).astimezone(zone).time() != time:
        code = "no_such_time"
        problem = _(
            "The clocks go forward that night: there is no %(time)s on %(day)s in %(zone)s."
        )
    words = {"time": time.strftime("%H:%M"), "day": format_day(day), "zone": settings.TIME_ZONE}
    advice = _("Choose a time an hour earlier or later.")
    raise ValidationError(f"{problem % words} {advice}", code=code)


class DateTimeLocalInput(forms.DateTimeInput):
    """One input with the browser's own calendar and clock."""

    input_type = "datetime-local"

    def __init__(self, **kwargs):
        super().__init__(format=DATETIME_LOCAL_FORMAT, **kwargs)


class DateTimeLocalField(forms.DateTimeField):
    """A datetime to the minute: losing the seconds, which its input does not show, is no change."""

    widget = DateTimeLocalInput

    def has_changed(self, initial, data):
        try:
            return to_the_minute(self.to_python(data)) != to_the_minute(self.to_python(initial))
        except ValidationError:
            return True


def to_the_minute(moment):
    return moment and moment.replace(second=0, microsecond=0)


class WallClockField(forms.Field):
    """A datetime in the newsroom's time zone that its clocks show exactly once."""

    widget = DateTimeLocalInput

    def prepare_value(self, value):
        if not isinstance(value, dt.datetime):
            return value
        return local(value).strftime(DATETIME_LOCAL_FORMAT)

    def to_python(self, value):
        if not value:
            return None
        try:
            wall = dt.datetime.strptime(str(value)[:16], DATETIME_LOCAL_FORMAT)
        except ValueError:
            raise ValidationError(
                _("Write a day and a time like 2026-11-22T14:30."), code="invalid"
            ) from None
        return combine_local(wall.date(), wall.time())


class MomentForm(forms.Form):
    """A future datetime as a day and a time; it may stay empty unless `must_choose`."""

    day = forms.DateField(
        label=gettext_lazy("Day"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    time = forms.TimeField(
        label=gettext_lazy("Time"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )

    def __init__(self, *args, now, must_choose, **kwargs):
        super().__init__(*args, **kwargs)
        self.now, self.must_choose = now, must_choose

    @property
    def chosen(self):
        """The datetime, or None when nothing, or nothing valid, was chosen."""
        return self.cleaned_data["moment"] if self.is_valid() else None

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            cleaned["moment"] = self._moment(cleaned.get("day"), cleaned.get("time"))
        return cleaned

    def _moment(self, day, time):
        if day is None and time is None and not self.must_choose:
            return None
        if day is None or time is None:
            raise ValidationError(_("Give both a day and a time."), code="incomplete")
        moment = combine_local(day, time)
        if moment <= self.now:
            raise ValidationError(
                _("%(moment)s has passed: it is %(now)s now. Choose a moment to come.")
                % {"moment": format_moment(moment), "now": format_moment(self.now)},
                code="passed",
            )
        return moment
