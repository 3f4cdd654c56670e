"""Cache-Control: for how long caches may show a page without asking."""

from datetime import datetime

from django.conf import settings

from ...publishing.dates import day_of, ends

MAX_STALE_WHILE_REVALIDATE, MAX_STALE_IF_ERROR = 60, 300  # seconds

ROUNDING = 1
"""Caches count whole seconds: one that keeps a page for five may show it for nearly six."""


def fresh_until(
    changes_at: datetime | None, now: datetime, own: datetime | None = None
) -> datetime:
    """Until when a page made now is fresh, if nobody changes anything.

    That is the next scheduled change of the site (`changes_at`), the end of the day (pages show
    the date), or a moment of the page's own, whichever comes first.
    """
    moments = ends(day_of(now)), changes_at, own
    return min(moment for moment in moments if moment)


def cache_control(until: datetime, now: datetime) -> str:
    """The Cache-Control of a page that is fresh until a moment.

    Shared caches may show a stale page while they revalidate and while the site is down, but never
    past that moment. Browsers revalidate every time, because nothing can purge a withdrawn story
    from them.
    """
    left = int((until - now).total_seconds()) - ROUNDING
    lifetime = min(settings.SHARED_CACHE_SECONDS, left)
    if lifetime <= 0:
        return "public, max-age=0, must-revalidate"
    stale = min(MAX_STALE_WHILE_REVALIDATE, lifetime // 5)
    fresh = lifetime - stale
    parts = ["public", "max-age=0", f"s-maxage={fresh}"]
    for directive, seconds in (
        ("stale-while-revalidate", stale),
        ("stale-if-error", min(MAX_STALE_IF_ERROR, left - fresh)),
    ):
        if seconds:
            parts.append(f"{directive}={seconds}")
    return ", ".join(parts)
