"""Doing what is due: each task by one process at a time, and whatever becomes of the others."""

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db import DatabaseError, connection
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from ...library.characters import tidy_line
from ...library.date_formats import local
from .task import Task, TaskRun

logger = logging.getLogger(__name__)

MINUTE, HOUR, DAY = (dt.timedelta(**{unit: 1}) for unit in ("minutes", "hours", "days"))
NIGHT = 4
"""The hour, in the newsroom's time zone, of what may take long."""
RETRY = dt.timedelta(minutes=10)
"""When a task that failed is tried again, if not sooner anyway."""
LONGEST = dt.timedelta(minutes=3)


class Done(NamedTuple):
    """What a run did, in words, and `place`, where the next one goes on.

    It is logged if it is `notable`. `more` is left to do, which the next minute does.
    """

    result: str
    notable: bool = False
    place: str = ""
    more: bool = False


@dataclass(frozen=True)
class Job:
    """How a task is done: `do(now, place)`, every so often, or once a night.

    `longest` is for how long one run may be at it. After that others take it to be dead, and begin
    again: doing it twice at once has to be harmless.
    """

    name: Task.Name
    do: Callable[[dt.datetime, str], Done]
    every: dt.timedelta = MINUTE
    at_night: bool = False
    longest: dt.timedelta = LONGEST

    def next_due(self, now: dt.datetime) -> dt.datetime:
        """When it is due after a run that began now."""
        if self.at_night:
            night = local(now).replace(hour=NIGHT, minute=0, second=0, microsecond=0)
            return night if night > now else night + DAY
        # At the whole minute: the next run of the command may come some moments earlier in it.
        return now.replace(second=0, microsecond=0) + self.every


class Ran(NamedTuple):
    """What came of a task: a result, or a failure."""

    name: str
    result: str = ""
    failure: str = ""


def run_due(jobs: Iterable[Job], clock: Callable[[], dt.datetime] = timezone.now) -> Iterator[Ran]:
    """Do what is due of these, one after the other, leaving out what another process is at."""
    jobs = list(jobs)
    _add_new(jobs, now=clock())
    for job in jobs:
        try:
            if started := _take(job, now=clock()):
                yield _run(job, started, clock)
        except DatabaseError as error:  # it cannot even be written down
            logger.exception("%s could not be begun or ended.", job.name)
            _renew_connection()
            yield Ran(job.name, failure=_in_words(error))


def _add_new(jobs: list[Job], *, now: dt.datetime) -> None:
    known = set(Task.objects.values_list("name", flat=True))
    Task.objects.bulk_create(
        (
            Task(name=job.name, due_at=job.next_due(now) if job.at_night else now)
            for job in jobs
            if job.name not in known
        ),
        ignore_conflicts=True,
    )


def _take(job: Job, *, now: dt.datetime) -> Task | None:
    """The task, held by this run from now on; None if it is not due or another run holds it."""
    free = Q(held_until=None) | Q(held_until__lte=now)
    due = Task.objects.filter(free, name=job.name, due_at__lte=now)
    task = due.first()
    # Of two that ask at once, the second finds that the row has changed.
    if task is None or not due.update(started_at=now, held_until=now + job.longest):
        return None
    if task.held_until:
        _log(job, task.started_at or now, now, failure=_("It was cut off before its end."))
    task.started_at = now
    return task


def _run(job: Job, task: Task, clock: Callable[[], dt.datetime]) -> Ran:
    started = task.started_at or clock()
    try:
        done = job.do(started, task.place)
    except Exception as error:
        logger.exception("%s failed.", job.name)
        _renew_connection()
        return _failed(job, started, clock(), _in_words(error))
    return _succeeded(job, started, clock(), done)


def _succeeded(job: Job, started: dt.datetime, now: dt.datetime, done: Done) -> Ran:
    result = tidy_line(done.result)[:300]
    next_minute = started.replace(second=0, microsecond=0) + MINUTE
    _let_go(
        job,
        started,
        ended_at=now,
        due_at=next_minute if done.more else job.next_due(started),
        result=result,
        failure="",
        failing_since=None,
        place=done.place,
    )
    if done.notable:
        _log(job, started, now, result=result)
    return Ran(job.name, result=result)


def _failed(job: Job, started: dt.datetime, now: dt.datetime, failure: str) -> Ran:
    again = started.replace(second=0, microsecond=0) + min(job.every, RETRY)
    _let_go(
        job,
        started,
        ended_at=now,
        due_at=again,
        failure=failure,
        failing_since=Coalesce("failing_since", Value(started)),
    )
    _log(job, started, now, failure=failure)
    return Ran(job.name, failure=failure)


def _let_go(job: Job, started: dt.datetime, **fields: object) -> None:
    # Another run may have taken over from one that was too slow: the task is that one's now.
    mine = Task.objects.filter(name=job.name, started_at=started)
    mine.update(held_until=None, **fields)


def _log(job: Job, started: dt.datetime, ended: dt.datetime, **said: str) -> None:
    TaskRun.objects.create(name=job.name, started_at=started, ended_at=ended, **said)


def _renew_connection() -> None:
    """After a failure the next task gets a connection that works."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()


def _in_words(error: Exception) -> str:
    return tidy_line(f"{type(error).__name__}: {error}")[:500]
