"""Middleware for the desk alone: readers' pages need no session, no sign-in and no messages."""

import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware

DESK = "/admin/"


class DeskOnly:
    """Stands before a middleware, and lets what is not for the desk pass it by."""

    def __call__(self, request):
        if request.path_info.startswith(DESK):
            return super().__call__(request)
        return self.get_response(request)


class Sessions(DeskOnly, SessionMiddleware):
    """`request.session`, which ends after some hours in which its person does nothing."""

    def process_response(self, request, response):
        session = request.session
        # Not with every request: each would wait for whoever is writing.
        if SESSION_KEY in session and time.time() - session.get(SEEN, 0) > EVERY:
            session[SEEN] = int(time.time())
        return super().process_response(request, response)


SEEN = "seen_at"
EVERY = settings.SESSION_COOKIE_AGE / 60


class SignIns(DeskOnly, AuthenticationMiddleware):
    """`request.user`."""


class Messages(DeskOnly, MessageMiddleware):
    """What the desk says after a step."""
