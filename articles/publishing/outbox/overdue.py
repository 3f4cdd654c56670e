"""How late we are in telling others. No reader waits for it; whoever runs the site should know."""

from django.conf import settings

from .announcement import Announcement
from .announcing import SITE
from .purge import Purge
from .purging import SETTLES

LOOKED_AT = 1_000
"""Rows: a hub that is away for long leaves many."""


def overdue(now):
    """For how many seconds the oldest purge or announcement has waited; 0 when none does."""
    since = [moment for moment in (*_purges(now), *_announcements()) if moment]
    return max(0, int((now - min(since)).total_seconds())) if since else 0


def _purges(now):
    for cache in settings.PURGE:
        due = Purge.objects.filter(cache=cache, due_at__lte=now - SETTLES)
        yield due.order_by("due_at").values_list("due_at", flat=True).first()


def _announcements():
    """When the oldest that is due was noticed, and when anybody last looked for new ones."""
    if settings.WEBSUB_HUB:
        due = Announcement.objects.filter(due=True).order_by("tries", "pk")
        yield min(due.values_list("noticed_at", flat=True)[:LOOKED_AT], default=None)
        looked = Announcement.objects.filter(name=SITE, slug="")
        yield looked.values_list("noticed_at", flat=True).first()
