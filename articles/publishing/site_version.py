"""The site's version: what a page kept from earlier is compared with.

Two things change what readers see: somebody publishes, withdraws or renames something (counted in
one row), and a moment passes at which an edition begins or ends (looked up in two indexes). The
version names both, so a page made at one version is right for as long as the version holds; and
longer, when no change since then touched one of the page's keys (`key_count.py`).
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
from .key_count import note, touching
from .keys import SITE
from .placement import Placement
from .purging import few, remember


class SiteCount(models.Model):
    """One row, which counts the changes that people made to the site.

    `named` counts those of them that named the keys they touched: a release from before there
    were such names does not, and may run beside this one for as long as one follows the other.
    """

    count = models.PositiveBigIntegerField(default=0)
    named = models.PositiveBigIntegerField(default=0, db_default=0)

    def __str__(self):
        return str(self.count)


@dataclass(frozen=True)
class SiteVersion:
    """How many changes people made, and how many of them named no keys; the last moment that
    changed the site by itself, and the next.
    """

    count: int
    unnamed: int
    changed_at: datetime | None
    changes_at: datetime | None

    def __str__(self):
        at = f"{self.changed_at.timestamp():.6f}" if self.changed_at else "0"
        return f"{self.count}-{at}"

    def holds(self, seen_at, at):
        """Whether a version seen at one moment is still that of another, if nobody changed it."""
        return seen_at <= at and (self.changes_at is None or at < self.changes_at)


def count_change(keys=(SITE,), moments=()):
    """Count a change to what readers see; in the transaction that makes it.

    The one door: whatever is kept from earlier gives way if it carries one of these keys
    (`keys.py`), here and in the caches in front, which are told to forget them, once more at the
    moments to come at which the change happens. Both may be generators.
    """
    counter = SiteCount.objects.filter(pk=1)
    if not counter.update(count=F("count") + 1, named=F("named") + 1):
        SiteCount.objects.get_or_create(pk=1, defaults={"count": 1, "named": 1})
    keys = few(keys)
    note(keys, Subquery(counter.values("count")))
    remember(keys, moments)


def site_version(at=None):
    """The site's version at a moment."""
    return version_and_touch(at or timezone.now())[0]


def version_and_touch(at, keys=(), checked=None):
    """The site's version at a moment, and the last change that touched one of these keys.

    One light query says whether anybody changed anything. While nobody did, the moments around
    now are the same until the next of them has come, so this process keeps them, for each
    database that it reads; a second query looks for them otherwise. The change is None when
    there was none at all after `checked`, for which the keys were looked up already.
    """
    seen_at, kept = _kept.get(reading_from(), (None, None))
    if kept:
        wanted = keys if checked != kept.count else ()
        count, unnamed, touched = site_counts(wanted)
        if (count, unnamed) == (kept.count, kept.unnamed) and kept.holds(seen_at, at):
            return kept, touched if wanted else None
    version, touched = _look(at, keys)
    if version.count:
        _kept[reading_from()] = (at, version)
    return version, touched


_kept = {}


def site_counts(keys=()):
    """How many changes people made to the site, how many named no keys, and the last that touched
    one of these.

    Every request asks, so the statement is written out.
    """
    touched = "0"
    if keys:
        which = ", ".join(["%s"] * len(keys))
        touched = f"(SELECT MAX(count) FROM articles_keycount WHERE key IN ({which}))"  # noqa: S608
    row = first_row(
        f"SELECT count, count - named, {touched} FROM articles_sitecount WHERE id = 1",  # noqa: S608
        keys,
    )
    count, unnamed, touched = row or (0, 0, 0)
    return count, unnamed, touched or 0


def _look(at, keys):
    """The version at a moment from the tables, and the last change of keys, in one query."""
    row = (
        SiteCount.objects.filter(pk=1)
        .values_list(
            "count",
            "named",
            Subquery(touching(keys).order_by("-count").values("count")[:1]),
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
        return SiteVersion(count=0, unnamed=0, changed_at=None, changes_at=None), 0
    count, named, touched, *edges = row
    past, future = edges[: len(edges) // 2], edges[len(edges) // 2 :]
    version = SiteVersion(
        count=count,
        unnamed=count - named,
        changed_at=max((edge for edge in past if edge), default=None),
        changes_at=min((edge for edge in future if edge), default=None),
    )
    return version, touched or 0


def _timed():
    """Everything on the site that begins and ends by itself."""
    return Edition.objects.all(), Placement.objects.filter(draft=False), Breaking.objects.all()


def _edge(rows, order, **condition):
    """A subquery: the first of the moments of these rows that meet a condition, in this order."""
    return Subquery(rows.filter(**condition).order_by(order).values(order.lstrip("-"))[:1])
