"""The throttle of signing in: axes' own by name and address, and one by name alone.

Ten wrong passwords close a name to one address for an hour. Who has many addresses could go on with
the next; so after some wrong passwords from anywhere a name takes one attempt a minute. That slows,
and locks nobody out: where somebody signed in before, their name stays as quick as ever.
"""

import datetime as dt

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Count, Max
from django.utils import timezone

WINDOW = dt.timedelta(days=1)
FREE = 20
"""Wrong passwords of a name, from anywhere within the window, before it is slowed down."""
PAUSE = dt.timedelta(minutes=1)
REMEMBERED = dt.timedelta(days=90)
"""For how long the places are known from which somebody signed in."""


class Throttle(AxesDatabaseHandler):
    """axes' own handler, which asks for patience too; `request.sign_in_waits` says how long."""

    def is_locked(self, request, credentials=None):
        if super().is_locked(request, credentials):
            return True
        name = name_tried(request, credentials)
        request.sign_in_waits = waits(name, request.axes_ip_address, now=timezone.now())
        return request.sign_in_waits > 0


def name_tried(request, credentials=None):
    """The name of an attempt, no longer than a name can be: there is no room for more."""
    name = (credentials or request.POST).get("username")
    return name and name[: User._meta.get_field("username").max_length]


def waits(name, address, *, now):
    """For how many seconds a name takes no attempt from an address; 0 when it does."""
    failures = AccessFailureLog.objects.filter(
        username=name, attempt_time__gt=now - WINDOW, locked_out=False
    ).aggregate(count=Count("pk"), last=Max("attempt_time"))
    if failures["count"] < FREE or is_known(name, address, now=now):
        return 0
    return max(0, round((failures["last"] + PAUSE - now).total_seconds()))


def is_known(name, address, *, now):
    """Whether somebody of this name signed in from this address lately."""
    return AccessLog.objects.filter(
        username=name, ip_address=address, attempt_time__gt=now - REMEMBERED
    ).exists()


def forget(*, now):
    """Remove what the throttle need not know any more."""
    cool_off = dt.timedelta(hours=settings.AXES_COOLOFF_TIME)
    for model, age in (
        (AccessAttempt, cool_off),
        (AccessFailureLog, WINDOW),
        (AccessLog, REMEMBERED),
    ):
        model.objects.filter(attempt_time__lte=now - age).delete()
