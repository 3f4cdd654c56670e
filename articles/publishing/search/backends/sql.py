"""The statement that finds a page of matches, the parts of it that both databases share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import QuerySet

from ...database_routing import read_connection
from ...editions.live_intervals import live_sql

if TYPE_CHECKING:
    from ....library.words.query import Query
    from ..filters import SearchFilters

INSERTED_AT_ONCE = 500
IS_FEW = "(SELECT count(*) FROM found) < %(enough)s"
IS_MANY = "(SELECT count(*) FROM found) = %(enough)s"
LIVE = live_sql("e")
# Of few matches all are at hand: they are counted, and the page is cut out of them. Of many the
# page is met on a walk through the stories in the order of time.
PAGE = f"""
    WITH {{found}}, matches AS MATERIALIZED (
        SELECT place, edition_id FROM found e WHERE {IS_FEW} AND {{fits}}
    ), few AS MATERIALIZED (
        SELECT place, edition_id FROM matches WHERE place >= %(low)s AND place < %(high)s
        ORDER BY place {{order}} LIMIT %(limit)s
    ), {{walk}} {{hits}} {{stop}}
    UNION ALL SELECT NULL, NULL, count(*) FROM matches HAVING {IS_FEW}
"""  # noqa: S608
STOP_OF_LINES = """
    UNION ALL SELECT {end}(place), NULL, NULL FROM lines
    HAVING count(*) >= %(window)s AND (SELECT count(*) FROM walked) < %(limit)s
"""


@dataclass(frozen=True, kw_only=True)
class Lookup:
    """A page of matches to be looked up: those with low <= place < high, `limit` of them, from the
    newest or (`newer`) from the oldest on, with their relevance if `scored`.

    Fewer matches than `enough` (filters not applied) are few. For many, `window` stories are
    walked, or `lines`: (published_at, edition_id) of a list. With `counted`, few are
    counted.

    The rows: (place, edition, score) of a match; (place, None, None) where a walk stopped short
    of `limit`; (None, None, count) when they are few.
    """

    query: Query
    at: datetime
    filters: SearchFilters
    low: int
    high: int
    limit: int
    enough: int
    window: int
    lines: QuerySet[Any] | None = None
    newer: bool = False
    scored: bool = False
    counted: bool = True

    @property
    def order(self) -> str:
        return "ASC" if self.newer else "DESC"

    @property
    def end(self) -> str:
        """The SQL function that gives the last place of a walk."""
        return "max" if self.newer else "min"

    @property
    def values(self) -> dict[str, Any]:
        """The values in a statement that are the same for both databases."""
        section = self.filters.section
        return {
            "at": connection.ops.adapt_datetimefield_value(self.at),
            "first": self.filters.first_place,
            "last": self.filters.last_place,
            "low": self.low,
            "high": self.high,
            "limit": self.limit,
            "enough": self.enough,
            "window": self.window,
            "section": section and section.pk,
        }


def named(queryset: QuerySet[Any], kind: str = "value") -> tuple[str, dict[str, Any]]:
    """A queryset's statement and its values by name, to be part of another statement; of two in
    one statement each has a `kind` of its own."""
    sql, values = queryset.query.sql_with_params()
    names = [f"{kind}_{number}" for number in range(len(values))]
    return sql % tuple(f"%({name})s" for name in names), dict(zip(names, values, strict=True))


def fetch_all(sql: str, values: Any) -> list[tuple[Any, ...]]:
    """All rows that a statement gives to a reader."""
    with read_connection().cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def insert(into: str, rows: Iterable[Sequence[Any]], on_conflict: str = "") -> None:
    """INSERT rows, many with each statement."""
    remaining = iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(remaining, INSERTED_AT_ONCE)):
            row = f"({', '.join(['%s'] * len(batch[0]))})"
            cursor.execute(
                f"INSERT {into} VALUES {', '.join([row] * len(batch))} {on_conflict}",  # noqa: S608
                [value for each in batch for value in each],
            )
