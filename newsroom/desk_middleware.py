"""Middleware for the desk alone: readers' pages need no session, user or messages."""

import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware

DESK = "/admin/"
RENEWAL_SECONDS = settings.SESSION_COOKIE_AGE / 60


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
        if SESSION_KEY in session and time.time() - session.get("seen_at", 0) > RENEWAL_SECONDS:
            session["seen_at"] = int(time.time())
        return super().process_response(request, response)


class SignIns(DeskOnly, AuthenticationMiddleware):
    pass


class Messages(DeskOnly, MessageMiddleware):
    """What the desk says after a step."""
