"""The sign-in throttle: axes' own, by name and address, and one by name alone.

Ten wrong passwords lock a name out from one address for an hour. An attacker with many addresses
would go on with the next one, so after FREE_FAILURES wrong passwords from anywhere a name takes one
attempt a minute. Nobody is locked out by that: from an address where the person signed in before,
their name is never slowed down.
"""

import datetime as dt
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Count, Max
from django.http import HttpRequest
from django.utils import timezone

FAILURE_WINDOW = dt.timedelta(days=1)
FREE_FAILURES = 20
"""Wrong passwords of a name, from anywhere within the window, before it is slowed down."""
PAUSE = dt.timedelta(minutes=1)
ADDRESS_MEMORY = dt.timedelta(days=90)
"""For how long an address counts as known after a sign-in from there."""


class Throttle(AxesDatabaseHandler):
    """Axes' handler with the throttle by name. Sets `request.sign_in_waits`, in seconds."""

    def is_locked(self, request: Any, credentials: dict | None = None) -> bool:
        if super().is_locked(request, credentials):
            return True
        name = username_of(request, credentials)
        request.sign_in_waits = seconds_to_wait(name, request.axes_ip_address, now=timezone.now())
        return request.sign_in_waits > 0


def username_of(request: HttpRequest, credentials: dict | None = None) -> str | None:
    """The name of an attempt, cut to the length of the column that it is logged in."""
    name = (credentials or request.POST).get("username")
    return name and name[: User._meta.get_field("username").max_length]


def seconds_to_wait(name: str | None, address: str, *, now: dt.datetime) -> int:
    """For how long a name takes no attempt from an address; 0 when it does."""
    failures = AccessFailureLog.objects.filter(
        username=name, attempt_time__gt=now - FAILURE_WINDOW, locked_out=False
    ).aggregate(count=Count("pk"), last=Max("attempt_time"))
    if failures["count"] < FREE_FAILURES or is_known_address(name, address, now=now):
        return 0
    return max(0, round((failures["last"] + PAUSE - now).total_seconds()))


def is_known_address(name: str | None, address: str, *, now: dt.datetime) -> bool:
    """Whether this person signed in from this address lately."""
    return AccessLog.objects.filter(
        username=name, ip_address=address, attempt_time__gt=now - ADDRESS_MEMORY
    ).exists()


def delete_expired(*, now: dt.datetime) -> int:
    """Delete the log rows that no throttle reads any more; returns how many."""
    deleted = 0
    cool_off = dt.timedelta(hours=settings.AXES_COOLOFF_TIME)
    for model, age in (
        (AccessAttempt, cool_off),
        (AccessFailureLog, FAILURE_WINDOW),
        (AccessLog, ADDRESS_MEMORY),
    ):
        deleted += model.objects.filter(attempt_time__lte=now - age).delete()[0]
    return deleted
