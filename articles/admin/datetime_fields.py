"""Moments as editors say and read them: a day and a time of day where the newsroom is."""

import datetime as dt

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..library.date_formats import say_day, say_moment
from ..publishing.dates import FIRST_DAY, LAST_DAY


def said(moment):
    """A moment in the newsroom's time zone: 22 Nov 2026, 14:05."""
    return say_moment(moment)


def zone_said(moment):
    """The newsroom's time zone and what its clocks show then: Europe/London (GMT)."""
    local = timezone.localtime(moment, timezone.get_default_timezone())
    return f"{settings.TIME_ZONE} ({local:%Z})"


def moment_of(day, time):
    """The moment of a day and a time of day on the newsroom's clocks.

    Raises ValidationError for a time that the clocks skip or show twice that night.
    """
    zone = timezone.get_default_timezone()
    first, second = (dt.datetime.combine(day, time.replace(fold=fold), zone) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    words = {"time": time.strftime("%H:%M"), "day": say_day(day), "zone": settings.TIME_ZONE}
    if first.astimezone(dt.UTC).astimezone(zone).time() != time:
        raise ValidationError(
            _("The clocks go forward that night: there is no %(time)s on %(day)s in %(zone)s.")
            % words
            + " "
            + _("Choose a time an hour earlier or later."),
            code="no_such_time",
        )
    raise ValidationError(
        _("The clocks go back that night: %(time)s on %(day)s happens twice in %(zone)s.") % words
        + " "
        + _("Choose a time an hour earlier or later."),
        code="time_twice",
    )


class MomentForm(forms.Form):
    """A moment to come, as a day and a time; `must_choose` says whether it may stay empty."""

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
        if not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError(_("No story has such a day."), code="no_such_day")
        moment = moment_of(day, time)
        if moment <= self.now:
            raise ValidationError(
                _("%(moment)s has passed: it is %(now)s now. Choose a moment to come.")
                % {"moment": said(moment), "now": said(self.now)},
                code="passed",
            )
        return moment
