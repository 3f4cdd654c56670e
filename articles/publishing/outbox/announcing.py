"""Announcing: which feeds have changed, by a person's hand or by themselves, and telling the hub.

Editions are frozen, so a feed has changed exactly when the editions on its first page are others.
Only the feeds of stories whose intervals began or ended since the last look are looked at.
"""

import datetime as dt
import hashlib
import logging

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from ..editions.edition import Edition
from ..editions.listing import AuthorListing, TopicListing
from ..editions.translations import OWN
from ..urls import absolute
from . import websub
from .announcement import Announcement
from .http_client import NotTold

logger = logging.getLogger(__name__)

FIRST_LOOK = dt.timedelta(hours=1)
"""How far back the very first look goes."""

OVERLAP = dt.timedelta(minutes=5)
"""Looks overlap, for what was stored only after the moment it happened."""

FIRST_PAGE, MOST_PINGS, MOST_FAILURES = 20, 500, 3

SITE, SECTION, TOPIC, AUTHOR = "feed", "section_feed", "topic_feed", "author_feed"


def announce(*, now):
    """Look for changes, and tell the hub of all that it does not know.

    Returns how many lists it was told of, and how many are still to be told. Safe to run at any
    time: what is known is not told again, what failed is tried again by the next run.
    """
    notice(now=now)
    return send(now=now), Announcement.objects.filter(due=True).count()


@transaction.atomic
def notice(*, now):
    """Mark the feeds that have changed since the last look."""
    site, new = Announcement.objects.select_for_update().get_or_create(
        name=SITE, slug="", defaults={"noticed_at": now - FIRST_LOOK}
    )
    since = site.noticed_at if new else site.noticed_at - OVERLAP
    for name, slug in touched(since, now):
        row, _ = Announcement.objects.get_or_create(
            name=name, slug=slug, defaults={"noticed_at": now}
        )
        stories = fingerprint(name, slug, at=now)
        if row.stories != stories:
            row.stories, row.due, row.noticed_at = stories, True, now
            row.save(update_fields=["stories", "due", "noticed_at"])
    Announcement.objects.filter(pk=site.pk).update(noticed_at=now)


def touched(since, now):
    """The feeds of the stories whose intervals began or ended in this time: (name, slug) pairs."""
    edges = Edition.objects.filter(
        Q(live_from__gt=since, live_from__lte=now) | Q(live_until__gt=since, live_until__lte=now)
    ).order_by()
    sections = edges.values_list("section__slug", flat=True).distinct()
    if not sections:
        return []
    found = [(SITE, ""), *((SECTION, slug) for slug in sorted(sections))]
    for name, lines, thing in ((TOPIC, TopicListing, "topic"), (AUTHOR, AuthorListing, "author")):
        own = lines.objects.filter(edition__in=edges.values("pk"))
        slugs = own.values_list(f"{thing}__slug", flat=True).distinct()
        found += [(name, slug) for slug in sorted(slugs)]
    return found


def fingerprint(name, slug, *, at):
    """What tells a feed's first page from another: a hash of its editions' numbers."""
    lines = {
        SITE: lambda: Edition.objects.values_list("pk"),
        SECTION: lambda: Edition.objects.filter(section__slug=slug).values_list("pk"),
        TOPIC: lambda: TopicListing.objects.filter(topic__slug=slug).values_list("edition"),
        AUTHOR: lambda: AuthorListing.objects.filter(author__slug=slug).values_list("edition"),
    }[name]()
    edition = "" if name in {SITE, SECTION} else "edition__"
    shown = OWN.of(lines.live(at), at=at, edition=edition).newest_first()[:FIRST_PAGE]
    keys = [str(key) for (key,) in shown]
    return hashlib.sha256(",".join(keys).encode()).hexdigest()


def send(*, now):
    """Tell the hub of what is due; give up for this time when it keeps failing.

    Returns how many lists it was told of.
    """
    told = failures = 0
    for row in Announcement.objects.filter(due=True).order_by("tries", "pk")[:MOST_PINGS]:
        same = Announcement.objects.filter(pk=row.pk, stories=row.stories)
        try:
            websub.ping(settings.WEBSUB_HUB, [absolute(path) for path in row.paths()])
        except NotTold as error:
            logger.warning("The hub was not told of %s: %s", row, error)
            same.update(tries=row.tries + 1)
            failures += 1
            if failures == MOST_FAILURES:
                break
        else:
            # Unless it changed again meanwhile.
            same.update(due=False, tries=0, announced_at=now)
            told += 1
    return told
