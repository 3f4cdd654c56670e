"""How long caches may show a page without asking."""

from django.conf import settings

from ..publishing.dates import day_of, ends

MAX_STALE, MAX_AWAY = 60, 300
"""For how many seconds an old page may be shown while a new one is fetched, and while the site is
away."""

COUNTED = 1
"""Caches count whole seconds: one that keeps a page for five may show it for nearly six."""


def lifetime(version, now):
    """The Cache-Control of a page: shared caches may show it until something changes by itself.

    While it is renewed, and while the site is away, it may be shown a little longer, but never
    past that moment. Browsers ask again each time, because nobody can tell them when a story is
    withdrawn.
    """
    left = int((ends(day_of(now)) - now).total_seconds())
    scheduled = version.seconds_left(now)
    if scheduled is not None:
        left = min(left, scheduled)
    left -= COUNTED
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
