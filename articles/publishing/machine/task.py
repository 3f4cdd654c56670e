"""Tasks: what the machine does again and again without being asked, and what it did."""

import datetime as dt
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

PATIENCE = dt.timedelta(minutes=10)
"""How late a task may be, or for how long fail, before anybody is told."""


class Task(models.Model):
    """A task: when it is due, who is at it, and how it went last.

    A run holds the row until `held_until`. One that was killed lets go of it then, and the next run
    of the command begins again at `place`.
    """

    class Name(models.TextChoices):
        """The tasks, in the order in which they are done."""

        DELIVER = "deliver", _("Tell caches and feed hubs of changes")
        LINKS = "links", _("Check links in live stories")
        SIGN_INS = "sign_ins", _("Remove ended sessions and old sign-ins")
        FORMS = "forms", _("Forget forms and pages that were closed")
        THIN = "thin", _("Thin out old revisions")
        LOG = "log", _("Shorten the log of tasks")
        NAMES = "names", _("Index stories whose names changed")
        DOUBLES = "doubles", _("Look for names that are nearly the same")
        RENDER = "render", _("Render stored parts of story pages")
        REINDEX = "reindex", _("Complete the search index")
        RENDITIONS = "renditions", _("Put new credits into the files of pictures")
        STRAY_FILES = "stray_files", _("Remove stray picture files")

    name = models.CharField(max_length=20, primary_key=True, choices=Name)
    due_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=300, blank=True)
    failure = models.CharField(max_length=500, blank=True)
    failing_since = models.DateTimeField(null=True)
    place = models.TextField(blank=True, help_text="Where the next run goes on.")

    class Meta:
        default_permissions = ()
        permissions = [("view_machine", _("Can see how the machine is"))]

    def __str__(self) -> str:
        return self.name

    def overdue_since(self, now: dt.datetime) -> dt.datetime | None:
        """Since when it waits or fails, if that is for longer than PATIENCE."""
        since = self.failing_since
        is_at_it = self.held_until and self.held_until > now  # a long one, due when it began
        if not since and not is_at_it:
            since = self.due_at
        return since if since and since < now - PATIENCE else None


class TaskRun(models.Model):
    """A run of a task that did something or failed; kept for two weeks."""

    name = models.CharField(max_length=20, choices=Task.Name)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    result = models.CharField(max_length=300, blank=True)
    failure = models.CharField(max_length=500, blank=True)

    class Meta:
        default_permissions = ()
        indexes = [
            # The machine page, newest first; what is old enough to go.
            models.Index(fields=["-ended_at", "-id"], name="task_run_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.ended_at}"


class Overdue(NamedTuple):
    """A task that waits or fails: its title, and since when; or the command that never ran."""

    name: str
    since: dt.datetime | None


def overdue_tasks(now: dt.datetime) -> list[Overdue]:
    """The tasks that are late or fail, the one that has waited longest first. Where the command has
    never run, that alone. One query."""
    tasks = list(Task.objects.all())
    if not tasks:
        return [Overdue(gettext("The minute command has never run"), None)]
    waiting = [
        (since, task)
        for task in tasks
        if task.name in Task.Name.values and (since := task.overdue_since(now))
    ]
    waiting.sort(key=lambda each: (each[0], each[1].name))
    return [Overdue(str(Task.Name(task.name).label), since) for since, task in waiting]
