"""Who has given the right password and not yet a code: half way in, and allowed nothing."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from ...desk.accounts.sign_in import sign_in
from .throttle import address_of

HALF_WAY = "half_way_in"
LASTS = dt.timedelta(minutes=10)


def begin(request: HttpRequest, user: User, *, to: str, now: dt.datetime) -> None:
    """Remember whose password was right, and where they want to go."""
    request.session[HALF_WAY] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "at": now.timestamp(),
        "to": to,
    }


def who(request: HttpRequest, *, now: dt.datetime) -> User | None:
    """Whose password was right some minutes ago, and is the same still."""
    kept: dict[str, Any] = request.session.get(HALF_WAY) or {}
    if not kept or now.timestamp() - kept["at"] > LASTS.total_seconds():
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True, is_staff=True).first()
    if user is None or not constant_time_compare(user.get_session_auth_hash(), kept["hash"]):
        return None
    return user


@transaction.atomic
def finish(request: HttpRequest, user: User, *, now: dt.datetime) -> str:
    """Sign somebody in who has given a code; returns where they wanted to go."""
    to = request.session.pop(HALF_WAY)["to"]
    sign_in(request, user, address=address_of(request), now=now, with_factor=True)
    return to
