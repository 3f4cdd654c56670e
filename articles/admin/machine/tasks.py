"""The tasks and their log, as the machine page shows them."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ...publishing.machine.task import Task, TaskRun

RUNS = 20


@dataclass(frozen=True)
class State:
    """How a task is: a word for it, and whether somebody has to look."""

    key: str
    said: str
    is_wrong: bool = False


GOOD = State("good", _("On time"))
AT_IT = State("at-it", _("Running"))
FAILED = State("wrong", _("Failed"), is_wrong=True)
CUT_OFF = State("wrong", _("Cut off"), is_wrong=True)
LATE = State("wrong", _("Overdue"), is_wrong=True)
NEVER = State("quiet", _("Not yet done"))


def tasks_on(now: dt.datetime) -> list[Task]:
    """Every task, in the order in which they are done, each with its `state`. One query."""
    known = {task.name: task for task in Task.objects.all()}
    tasks = [known.get(name) or Task(name=name) for name in Task.Name]
    for task in tasks:
        task.state = state_of(task, now)
    return tasks


def state_of(task: Task, now: dt.datetime) -> State:
    if task.due_at is None:
        return NEVER
    if task.held_until:
        return AT_IT if task.held_until > now else CUT_OFF
    if task.failing_since:
        return FAILED
    if task.overdue_since(now):
        return LATE
    return GOOD if task.ended_at else NEVER


def last_run(tasks: list[Task]) -> dt.datetime | None:
    """When the command ran last, as far as it did anything."""
    return max((task.started_at for task in tasks if task.started_at), default=None)


def latest_runs():
    """What the command did lately, and what failed, the newest first. One query."""
    known = TaskRun.objects.filter(name__in=Task.Name.values)
    return known.order_by("-ended_at", "-pk")[:RUNS]
