"""Middleware for the desk alone: readers' pages need no session, no sign-in and no messages."""

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
    """`request.session`."""


class SignIns(DeskOnly, AuthenticationMiddleware):
    """`request.user`."""


class Messages(DeskOnly, MessageMiddleware):
    """What the desk says after a step."""
