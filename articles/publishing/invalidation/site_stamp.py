"""Invalidation: every change to what readers see has a number, which its surrogate keys are
stamped with.

A cached page is valid while none of its keys has a stamp higher than the number of the last change
when it was made, and until the next scheduled moment: an edition, a pin or a banner begins or ends.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import connection, models
from django.db.models import F, Subquery

from ..database_routing import first_row, read_connection
from ..dates import FOREVER
from ..editions.edition import Edition
from ..fronts.breaking import Breaking
from ..fronts.placement import Placement
from ..outbox.sender import queue_deliveries
from ..surrogate_keys import SITE_KEY, deduplicate
from .key_stamps import stamp


class SiteCount(models.Model):
    """One row: the number of the last change that people made to what readers see."""

    count = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
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


def site_stamp(
    at: dt.datetime, keys: dict[str, Collection[str]] | None = None, **extra: Any
) -> SiteStamp:
    """A SiteStamp at a moment, in one query.

    `keys` names sets of surrogate keys, `extra` expressions of text; both come back by their names.
    While nothing was ever changed on the site, `extra` comes back empty.

    Every page runs it, so the statement is written out: to compile it took longer than to run it.
    """
    keys, edges = keys or {}, list(_edges(at))
    columns = [*map(_highest, keys.values()), *edges, *_compiled(extra.values())]
    subqueries = "".join(f", ({statement})" for statement, _values in columns)
    row = first_row(
        f"SELECT count{subqueries} FROM articles_sitecount WHERE id = 1",  # noqa: S608 (our own)
        [value for _statement, values in columns for value in values],
    )
    if row is None:
        return SiteStamp(read_at=at, stamps=dict.fromkeys(keys, 0))
    found = iter(row)
    return SiteStamp(
        read_at=at,
        count=next(found),
        stamps={name: next(found) or 0 for name in keys},
        changes_at=min(filter(None, map(_moment, islice(found, len(edges)))), default=None),
        extra=dict(zip(extra, found, strict=True)),
    )


Statement = tuple[str, Sequence[Any]]
"""SQL and the values in it."""


def _highest(keys: Collection[str]) -> Statement:
    places = ", ".join(["%s"] * len(keys))
    return f"SELECT MAX(count) FROM articles_keycount WHERE key IN ({places})", list(keys)  # noqa: S608


def _edges(at: dt.datetime) -> Iterator[Statement]:
    """For the next beginning and the next end of whatever is live for an interval."""
    now, forever = map(connection.ops.adapt_datetimefield_value, (at, FOREVER))
    for model, condition in ((Edition, ""), (Placement, " AND NOT draft"), (Breaking, "")):
        for name, values in (("live_from", [now]), ("live_until", [now, forever])):
            is_next = f"{name} > %s" + (f" AND {name} < %s" if name == "live_until" else "")
            table = model._meta.db_table
            yield f"SELECT MIN({name}) FROM {table} WHERE {is_next}{condition}", values  # noqa: S608


MOMENT = models.Value(None, models.DateTimeField())


def _moment(value: Any) -> dt.datetime | None:
    """A moment as the database's own driver returns it (SQLite's returns text)."""
    for convert in connection.ops.get_db_converters(MOMENT):
        value = convert(value, MOMENT, connection)
    return value


def _compiled(expressions: Iterable[Any]) -> Iterator[Statement]:
    """For these expressions of Django's."""
    query = SiteCount.objects.all().query
    compiler = query.get_compiler(connection=read_connection())
    for expression in expressions:
        yield compiler.compile(expression.resolve_expression(query))
