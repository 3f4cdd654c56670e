"""The state of the site: the number of its last change, and its next change by itself.

A cached page is valid while none of its keys has a stamp higher than the number of the last change
when it was made, and until the next scheduled moment: an edition, a pin or a banner begins or ends.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Max, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ..compiled_query import CompiledQuery
from ..database_routing import first_query, first_row
from ..dates import FOREVER
from ..editions.edition import Edition
from ..fronts.breaking import Breaking
from ..fronts.placement import Placement
from .key_stamps import stamps_of


class SiteCount(models.Model):
    """One row: the number of the last change that people made to what readers see."""

    count = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.count)


@dataclass(frozen=True)
class SiteStamp:
    """The state of the site at a moment (`read_at`), read before a page is made.

    `count` is the number of the last change; `stamps` are the highest stamps of some sets of keys,
    by name; `changes_at` is the next moment at which the site changes by itself, or None. `extra`
    is what else was read in the same statement, by name.
    """

    read_at: dt.datetime
    count: int = 0
    stamps: dict[str, int] = field(default_factory=dict)
    changes_at: dt.datetime | None = None
    extra: dict = field(default_factory=dict)


def highest_stamp(keys: Collection[str] = ()) -> tuple[int, int]:
    """The number of the site's last change, and the highest stamp of these keys (0 without any).

    The only query of a request that the page cache answers, so the statement is written out.
    """
    maximum = "0"
    if keys:
        places = ", ".join(["%s"] * len(keys))
        maximum = f"(SELECT MAX(count) FROM articles_keycount WHERE key IN ({places}))"  # noqa: S608
    row = first_row(
        f"SELECT count, {maximum} FROM articles_sitecount WHERE id = 1",  # noqa: S608
        list(keys),
    )
    count, highest = row or (0, 0)
    return count, highest or 0


def site_query(
    keys: dict[str, Collection[str]] | None = None,
    extra: Callable[[Any], dict[str, Any]] = lambda at: {},
) -> CompiledQuery:
    """The query of a SiteStamp.

    `keys` names sets of surrogate keys, whose highest stamps are read; `extra` gives expressions at
    a moment, by name.
    """

    def build(at: Any) -> QuerySet:
        stamps = {f"stamp_{name}": _highest(some) for name, some in (keys or {}).items()}
        edges = {f"edge_{number}": edge for number, edge in enumerate(_edges(at))}
        return SiteCount.objects.filter(pk=1).values("count", **stamps, **edges, **extra(at))

    return CompiledQuery(build, at=models.DateTimeField())


PLAIN = site_query()


def site_stamp(at: dt.datetime, query: CompiledQuery = PLAIN) -> SiteStamp:
    """A SiteStamp at a moment, in one query.

    While nothing was ever changed on the site, no stamps and no `extra` come back.
    """
    named = first_query(lambda: query.first(at=at))
    if named is None:
        return SiteStamp(read_at=at)
    edges = [value for name, value in named.items() if name.startswith("edge_") and value]
    return SiteStamp(
        read_at=at,
        count=named.pop("count"),
        stamps={
            name.removeprefix("stamp_"): value
            for name, value in named.items()
            if name.startswith("stamp_")
        },
        changes_at=min(edges, default=None),
        extra={k: v for k, v in named.items() if not k.startswith(("edge_", "stamp_"))},
    )


def _highest(keys: Collection[str]) -> Coalesce:
    rows = stamps_of(keys).order_by().values(all=models.Value(1))
    return Coalesce(Subquery(rows.values(highest=Max("count"))), 0)


def _edges(at: Any) -> Iterator[Subquery]:
    """Subqueries for the next beginning and the next end of whatever is live for an interval."""
    for rows in (Edition.objects, Placement.objects.filter(draft=False), Breaking.objects):
        starts = rows.filter(live_from__gt=at).order_by("live_from")
        ends = rows.filter(live_until__gt=at, live_until__lt=FOREVER).order_by("live_until")
        yield Subquery(starts.values("live_from")[:1])
        yield Subquery(ends.values("live_until")[:1])
