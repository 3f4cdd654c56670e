"""The time of a step. Machines' clocks differ, but the time of one story only goes forward."""

import datetime as dt
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, Func, Subquery, Value
from django.utils import timezone

from .post import Post

MAX_CLOCK_SKEW = dt.timedelta(minutes=5)
"""The largest difference that the database's clock corrects; NTP keeps machines far closer."""


def step_time(post: Post, now: dt.datetime | None = None) -> dt.datetime:
    """The datetime of a step with a locked post: never before the step that was logged last."""
    return step_time_with(post, now)[0]


def step_time_with(post: Post, now: dt.datetime | None = None, *expressions: Any) -> tuple:
    """The datetime of a step, and the values of these expressions for the post, in one query."""
    last = post.transitions.values("at")[:1]
    database_now, last, *values = (
        Post.objects.filter(pk=post.pk)
        .values_list(database_time(), Subquery(last), *expressions)
        .get()
    )
    now = common_time(now or timezone.now(), database_now)
    return max(now, last) if last else now, *values


def common_time(now: dt.datetime, database_now: dt.datetime | None) -> dt.datetime:
    """The database's time in place of this machine's, if the database has a clock."""
    # A larger difference means that the caller passed a time of its own choice.
    return database_now if database_now and abs(database_now - now) <= MAX_CLOCK_SKEW else now


def database_time() -> Func | Value:
    """The database server's clock; NULL on SQLite, which has none of its own."""
    if connection.vendor == "postgresql":
        return Func(function="clock_timestamp", output_field=DateTimeField())
    return Value(None, output_field=DateTimeField())
