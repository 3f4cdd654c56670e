"""The addresses of the calendar, for the admin site to put before its own."""

from django.urls import path

from . import feed, undo, views


def calendar_urls(wrap):
    return [
        # Not behind the sign-in: its token lets other programs in.
        path("calendar/feed/<str:token>.ics", feed.feed, name="calendar_ics"),
        path("calendar/feed/", wrap(feed.feed_page), name="calendar_feed"),
        path("calendar/", wrap(views.calendar), name="calendar"),
        path("calendar/<int:key>/move/", wrap(views.move_page), name="calendar_move"),
        path("calendar/<int:key>/undo/", wrap(undo.undo_move), name="calendar_undo"),
    ]
