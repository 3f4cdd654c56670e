"""The site's version: what a page kept from earlier is compared with.

Two things change what readers see: somebody publishes, withdraws or renames something (counted in
one row), and a moment passes at which an edition begins or ends (looked up in two indexes). The
version names both, so a page made at one version is right for as long as the version holds.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import F, Subquery
from django.utils import timezone

from newsroom.databases import first_row, reading_from

from .breaking import Breaking
from .dates import FOREVER
from .edition import Edition
from .keys import SITE
from .placement import Placement
from .purging import remember


class SiteCount(models.Model):
    """One row, which counts the changes that people made to the site."""

    count = models.PositiveBigIntegerField(default=0)

    def __str__(self):
        return str(self.count)


@dataclass(frozen=True)
class SiteVersion:
    """How many changes people made, the last moment that changed the site by itself, the next."""

    count: int
    changed_at: datetime | None
    changes_at: datetime | None

    def __str__(self):
        at = f"{self.changed_at.timestamp():.6f}" if self.changed_at else "0"
        return f"{self.count}-{at}"

    def holds(self, seen_at, at):
        """Whether a version seen at one moment is still that of another, if nobody changed it."""
        return seen_at <= at and (self.changes_at is None or at < self.changes_at)

    def seconds_left(self, now):
        """How many whole seconds from now on nothing changes by itself; None when nothing will."""
        if self.changes_at is None:
            return None
        return max(0, int((self.changes_at - now).total_seconds()))


def count_change(keys=(SITE,), moments=()):
    """Count a change to what readers see; in the transaction that makes it.

    The one door: whatever is kept from earlier gives way, here and in the caches in front, which
    are told to forget these keys (`keys.py`), once more at the moments to come at which the change
    happens. Both may be generators; they are asked only where there are such caches.
    """
    if not SiteCount.objects.filter(pk=1).update(count=F("count") + 1):
        SiteCount.objects.get_or_create(pk=1, defaults={"count": 1})
    remember(keys, moments)


def site_version(at=None):
    """The site's version at a moment.

    One light query says whether anybody changed anything. While nobody did, the moments around
    now are the same until the next of them has come, so this process keeps them, for each
    database that it reads.
    """
    at = at or timezone.now()
    seen_at, kept = _kept.get(reading_from(), (None, None))
    if kept and kept.count == site_count() and kept.holds(seen_at, at):
        return kept
    version = _look(at)
    if version.count:
        _kept[reading_from()] = (at, version)
    return version


_kept = {}


def site_count():
    """How many changes people made to the site; None when there never was one.

    Every request asks, so the statement is written out.
    """
    row = first_row("SELECT count FROM articles_sitecount WHERE id = 1")
    return row and row[0]


def _look(at):
    """The version at a moment from the tables, in one query."""
    row = (
        SiteCount.objects.filter(pk=1)
        .values_list(
            "count",
            *(_edge(rows, "-live_from", live_from__lte=at) for rows in _timed()),
            *(_edge(rows, "-live_until", live_until__lte=at) for rows in _timed()),
            *(_edge(rows, "live_from", live_from__gt=at) for rows in _timed()),
            *(
                _edge(rows, "live_until", live_until__gt=at, live_until__lt=FOREVER)
                for rows in _timed()
            ),
        )
        .first()
    )
    if row is None:
        return SiteVersion(count=0, changed_at=None, changes_at=None)
    count, *edges = row
    past, future = edges[: len(edges) // 2], edges[len(edges) // 2 :]
    return SiteVersion(
        count=count,
        changed_at=max((edge for edge in past if edge), default=None),
        changes_at=min((edge for edge in future if edge), default=None),
    )


def _timed():
    """Everything on the site that begins and ends by itself."""
    return Edition.objects.all(), Placement.objects.filter(draft=False), Breaking.objects.all()


def _edge(rows, order, **condition):
    """A subquery: the first of the moments of these rows that meet a condition, in this order."""
    return Subquery(rows.filter(**condition).order_by(order).values(order.lstrip("-"))[:1])
