"""Live intervals: the definition of what readers see at a moment, for querysets, SQL and rows."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.utils import timezone


def live_sql(table: str, at: str = "%(at)s") -> str:
    """The condition in plain SQL, on a table or its alias; `at` is the moment's parameter."""
    return f"{table}.live_from <= {at} AND {table}.live_until > {at}"


def is_live(row: Any, at: dt.datetime) -> bool:
    """Whether readers see a row, such as an edition or a banner, at a moment."""
    return row.live_from <= at < row.live_until


class IntervalQuerySet(models.QuerySet):
    """Rows that are live from one moment until another."""

    def live(self, at: dt.datetime | None = None) -> Self:
        """What readers see at a moment (now by default)."""
        at = at or timezone.now()
        return self.filter(live_from__lte=at, live_until__gt=at)

    def newest_first(self) -> Self:
        """The order of every list; the post's primary key breaks ties."""
        return self.order_by("-published_at", "-post_id")
