"""Invalidation: every change to what readers see has a number, which its surrogate keys are
stamped with.

A cached page is right while none of its keys has a higher stamp than the number that the site
stood at when the page was made, and no moment has come at which the site changes by itself: an
edition, a pin or a banner begins or ends.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection, models
from django.db.models import F, Max, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from ..database_routing import first_query, first_row
from ..dates import FOREVER
from ..editions.edition import Edition
from ..fronts.breaking import Breaking
from ..fronts.placement import Placement
from ..outbox.sender import queue_deliveries
from ..surrogate_keys import SITE_KEY, deduplicate
from .key_stamps import stamp, stamps_of


class SiteCount(models.Model):
    """One row: the number of the last change that people made to what readers see."""

    count = models.PositiveBigIntegerField(default=0)

    def __str__(self):
        return str(self.count)


@dataclass(frozen=True)
class SiteStamp:
    """Where the site stands at a moment (`read_at`), read before a page is made.

    `count` is the number of the last change; `stamps` are the highest stamps of some sets of keys,
    by name; `changes_at` is the next moment at which the site changes by itself, or None. `extra`
    is what else was read in the same statement, by name.
    """

    read_at: dt.datetime
    count: int = 0
    stamps: dict[str, int] = field(default_factory=dict)
    changes_at: dt.datetime | None = None
    extra: dict = field(default_factory=dict)


def invalidate(
    keys: Iterable[str] = (SITE_KEY,),
    moments: Iterable[dt.datetime] = (),
    *,
    visible_now: bool = True,
) -> None:
    """Invalidate every page that carries one of these surrogate keys.

    The single entry point, called in the transaction of the change: bumps the counter, stamps the
    keys with it, and queues what CDNs and hubs are told, for now and for the future moments at
    which the change takes effect. `visible_now` is False for a change that readers see only then.
    Keys and moments may be generators.
    """
    counter = SiteCount.objects.filter(pk=1)
    if not counter.update(count=F("count") + 1):
        SiteCount.objects.get_or_create(pk=1, defaults={"count": 1})
    keys = deduplicate(keys)
    stamp(keys, Subquery(counter.values("count")))
    queue_deliveries(keys, moments, visible_now=visible_now)


def highest_stamp(keys=()):
    """The number of the site's last change, and the highest stamp of these keys (0 without any).

    The one query of a request that a cached page answers, so the statement is written out.
    """
    highest = "0"
    if keys:
        which = ", ".join(["%s"] * len(keys))
        highest = f"(SELECT MAX(count) FROM articles_keycount WHERE key IN ({which}))"  # noqa: S608
    row = first_row(
        f"SELECT count, {highest} FROM articles_sitecount WHERE id = 1",  # noqa: S608
        keys,
    )
    count, highest = row or (0, 0)
    return count, highest or 0


def site_stamp(at, keys=None, **extra):
    """A SiteStamp at a moment, in one query.

    `keys` names sets of surrogate keys, `extra` expressions; both come back by their names. A site
    that nothing was ever changed on answers no expression: `extra` is empty then.
    """
    keys = keys or {}
    values = {"stamp_" + name: Coalesce(Subquery(_highest(each)), 0) for name, each in keys.items()}
    edges = {f"edge_{number}": edge for number, edge in enumerate(_edges(at))}
    rows = SiteCount.objects.filter(pk=1).values("count", **values, **edges, **extra)
    row = first_query(rows.first)
    if row is None:
        return SiteStamp(read_at=at, stamps=dict.fromkeys(keys, 0))
    return SiteStamp(
        read_at=at,
        count=row["count"],
        stamps={name: row["stamp_" + name] for name in keys},
        changes_at=min((row[name] for name in edges if row[name]), default=None),
        extra={name: row[name] for name in extra},
    )


def _highest(keys):
    return stamps_of(keys).order_by().values(all=models.Value(1)).values(highest=Max("count"))


def _edges(at):
    """Subqueries for the next beginning and the next end of whatever is live for an interval.

    Written out: every page asks them, and to compile six querysets took longer than to run them.
    """
    at, forever = map(connection.ops.adapt_datetimefield_value, (at, FOREVER))
    for model, condition in ((Edition, ""), (Placement, " AND NOT draft"), (Breaking, "")):
        for name, values in (("live_from", [at]), ("live_until", [at, forever])):
            is_next = f"{name} > %s" + (f" AND {name} < %s" if name == "live_until" else "")
            yield RawSQL(  # noqa: S611 (our own words)
                f"SELECT MIN({name}) FROM {model._meta.db_table} WHERE {is_next}{condition}",  # noqa: S608
                values,
                output_field=models.DateTimeField(),
            )
