"""The time of steps. Clocks of machines differ; the time of one story only goes forward."""

import datetime as dt

from django.db import connection
from django.db.models import DateTimeField, Func, Subquery, Value
from django.utils import timezone

from .post import Post

MOST_APART = dt.timedelta(minutes=5)
"""Up to this much the database's clock puts a machine's right: NTP keeps them far nearer."""


def step_time(post: Post, now: dt.datetime | None = None) -> dt.datetime:
    """The moment of a step with a locked post: never before the step that was logged last."""
    return step_time_after(post, now)[0]


def step_time_after(post: Post, now: dt.datetime | None = None, *asked) -> tuple:
    """The moment of a step, and what else is asked of the post, in one query."""
    last = post.transitions.values("at")[:1]
    theirs, last, *rest = (
        Post.objects.filter(pk=post.pk).values_list(database_time(), Subquery(last), *asked).get()
    )
    now = common_time(now or timezone.now(), theirs)
    return max(now, last) if last else now, *rest


def common_time(now: dt.datetime, theirs: dt.datetime | None) -> dt.datetime:
    """A machine's time as the clock that all machines share has it."""
    # Much further apart is a moment that was asked for, not read from a clock.
    return theirs if theirs and abs(theirs - now) <= MOST_APART else now


def database_time() -> Func | Value:
    """What the database's clock says; nothing where the database has no clock of its own."""
    if connection.vendor == "postgresql":
        return Func(function="clock_timestamp", output_field=DateTimeField())
    return Value(None, output_field=DateTimeField())
