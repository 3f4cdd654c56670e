"""Signing in and out, as the log tells of it."""

import datetime as dt

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest
from django.utils.functional import Promise

from ..audit_log.log import log_action
from ..audit_log.verbs import Verb
from ..browsers import browser_in
from ..colleagues import BACKEND

WITH_FACTOR = "with_second_factor"
FACTOR_ASKED = "factor_asked"
"""Of somebody who was signed out as a role asks for a second factor by now."""
"""In a session that began with a code, beside the password."""
BEGAN_AT = "began_at"


@transaction.atomic
def sign_in(
    request: HttpRequest,
    user: User,
    *,
    address: str | None,
    now: dt.datetime,
    with_factor: bool = False,
) -> None:
    """Let somebody in, and log it. The caller has asked for whatever they have to show."""
    login(request, user, backend=BACKEND)
    request.session[BEGAN_AT] = int(now.timestamp())
    if with_factor:
        request.session[WITH_FACTOR] = True
    browser = browser_in(request.headers.get("User-Agent", ""))
    log_action(Verb.SIGN_IN, user, by=user, note=browser, now=now, address=address)


def log_failure(name: str, what: str | Promise, *, address: str | None) -> None:
    """Log that somebody was not let in; of names that are nobody's nothing, for it may be a
    password that was typed into the wrong field."""
    user = User.objects.filter(username=name.replace("\x00", "")).first()
    if user:
        log_action(Verb.SIGN_IN_FAILED, user, by=None, note=what, address=address)
