"""How long a page holds: its validator and its lifetime, both from the site's version."""

import hashlib

from django.conf import settings

from newsroom.release import release

from ..publishing.dates import day_of, ends

MAX_STALE, MAX_AWAY = 60, 300
"""For how many seconds an old page may be shown while a new one is fetched, and while the site is
away."""

COUNTED = 1
"""Caches count whole seconds: one that keeps a page for five may show it for nearly six."""


def validator(request, version, now):
    """The ETag of a page (RFC 9110, weak) before it is made.

    It names what is asked for, the site's version, the day (pages say which day it is) and the
    code: two pages of one address with one validator show the same.
    """
    asked = hashlib.sha256(
        request.build_absolute_uri().encode("utf-8", "surrogatepass"), usedforsecurity=False
    )
    return f'W/"{asked.hexdigest()[:16]}-{version}-{day_of(now):%Y%m%d}-{release()}"'


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
