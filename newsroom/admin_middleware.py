"""Middleware for the desk alone: readers' pages need no session, user or messages."""

import time
from functools import cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.signals import setting_changed

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


class ContentSecurityPolicy(CSPMiddleware):
    """The header for the desk, whose scripts have a nonce; readers' pages need none, so theirs is
    the same on every page."""

    def __call__(self, request):
        if request.path_info.startswith(DESK):
            return super().__call__(request)
        response = self.get_response(request)
        response.headers.setdefault(HEADER, readers_policy())
        return response


readers_policy = cache(build_policy)
setting_changed.connect(lambda **signal: readers_policy.cache_clear(), weak=False)
