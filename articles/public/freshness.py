"""How long a page holds: its validator and its lifetime, both from the site's version."""

import hashlib

from django.conf import settings

from newsroom.release import release

from ..publishing.dates import day_of, ends

MAX_STALE = 60  # seconds


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
    """The Cache-Control of a page: shared caches may keep it until something changes by itself.

    Browsers ask again each time, because nobody can tell them when a story is withdrawn.
    """
    left = int((ends(day_of(now)) - now).total_seconds())
    scheduled = version.seconds_left(now)
    if scheduled is not None:
        left = min(left, scheduled)
    shared = min(settings.SHARED_CACHE_SECONDS, left)
    if not shared:
        return "public, max-age=0, must-revalidate"
    parts = ["public", "max-age=0", f"s-maxage={shared}"]
    if stale := min(MAX_STALE, left - shared):
        parts.append(f"stale-while-revalidate={stale}")
    return ", ".join(parts)
