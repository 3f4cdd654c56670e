"""How long caches may show a page without asking."""

from django.conf import settings

from ...publishing.dates import day_of, ends

MAX_STALE, MAX_AWAY = 60, 300
"""For how many seconds an old page may be shown while a new one is fetched, and while the site is
away."""

COUNTED = 1
"""Caches count whole seconds: one that keeps a page for five may show it for nearly six."""


def right_until(changes_at, now, own=None):
    """The moment until which a page made now is right, if nobody changes anything.

    Then comes what is scheduled on the site (`changes_at`, or None), the next day (pages say which
    day it is), or a moment of the page's own.
    """
    moments = ends(day_of(now)), changes_at, own
    return min(moment for moment in moments if moment)


def lifetime(until, now):
    """The Cache-Control of a page that is right until a moment.

    While it is renewed, and while the site is away, shared caches may show it a little longer, but
    never past that moment. Browsers ask again each time, because nobody can tell them when a story
    is withdrawn.
    """
    left = int((until - now).total_seconds()) - COUNTED
    shown = min(settings.SHARED_CACHE_SECONDS, left)
    if shown <= 0:
        return "public, max-age=0, must-revalidate"
    stale = min(MAX_STALE, shown // 5)
    fresh = shown - stale
    parts = ["public", "max-age=0", f"s-maxage={fresh}"]
    for name, seconds in (
        ("stale-while-revalidate", stale),
        ("stale-if-error", min(MAX_AWAY, left - fresh)),
    ):
        if seconds:
            parts.append(f"{name}={seconds}")
    return ", ".join(parts)
