"""Middleware for the desk alone: readers' pages need no session, user or messages."""

import time

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.admin.see_as.views import is_way_out, nothing_changes, nothing_written
from articles.desk.accounts import see_as
from articles.desk.accounts.second_factor.sign_in import needs_second_factor
from articles.desk.accounts.sessions import note_session
from articles.desk.accounts.sign_in import FACTOR_ASKED, WITH_FACTOR

DESK = "/admin/"
RENEWAL_SECONDS = min(settings.SESSION_COOKIE_AGE / 60, 300)


class DeskOnly:
    """Mixed into a middleware: skips it for requests outside the desk."""

    def __call__(self, request):
        if request.path_info.startswith(DESK):
            return super().__call__(request)
        return self.get_response(request)


class Sessions(DeskOnly, SessionMiddleware):
    """Ends a session after some hours without a request (NEWSROOM_DESK_IDLE_HOURS)."""

    def process_response(self, request, response):
        session = request.session
        # Not with every request: each would wait for other writes.
        is_due = SESSION_KEY in session and is_long_ago(session)
        if is_due:
            session["seen_at"] = int(time.time())
        response = super().process_response(request, response)
        if is_due and response.status_code < 500:
            note_session(
                session,
                user_key=int(session[SESSION_KEY]),
                agent=request.headers.get("User-Agent", ""),
                address=get_client_ip_address(request),
                now=timezone.now(),
            )
        return response


def is_long_ago(session):
    """Whether it was not stored for some minutes that a session is in use."""
    return time.time() - session.get("seen_at", 0) > RENEWAL_SECONDS


class SignIns(DeskOnly, AuthenticationMiddleware):
    """Says who is signed in: nobody by the password alone whose role asks for more by now."""

    def process_request(self, request):
        super().process_request(request)
        if is_factor_missing(request):
            logout(request)
            request.session[FACTOR_ASKED] = True


def is_factor_missing(request):
    """Whether a session began with the password alone, and a role asks for more by now."""
    if SESSION_KEY not in request.session or request.session.get(WITH_FACTOR):
        return False
    return request.user.is_authenticated and needs_second_factor(request.user)


class Messages(DeskOnly, MessageMiddleware):
    """What the desk says after a step."""


class SeeAs:
    """Shows somebody the desk of a colleague, and refuses whatever would change anything."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(DESK) or see_as.SEE_AS not in request.session:
            return self.get_response(request)
        user, now = request.user, timezone.now()
        if not user.is_authenticated:
            # Whoever saw the desk so was deleted, or their account was closed, meanwhile.
            logout(request)
        if not user.is_authenticated or is_way_out(request):
            return self.get_response(request)
        if (other := see_as.seen_by(user, request.session, now=now)) is None:
            see_as.end(request.session, by=user, now=now)
            messages.info(request, _("The half hour is over: this is your own desk again."))
            # What was sent was meant for the other desk.
            return redirect("admin:index")
        request.seen_by, request.user = user, other
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            return nothing_changes(request)
        with nothing_written():
            return self.get_response(request)
