"""Reading the log: a page at a time, or all that was asked for.

An index leads to the lines of one row, one person or one kind, newest first. Whatever else is asked
is looked for in the newest LOOKED_THROUGH of these, so that a page costs the same in a log of
millions of lines; then the reader is told how far back that was, and may go on from there.
"""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ...library.days import ends, starts
from .logged_action import LoggedAction

PER_PAGE = 50
LOOKED_THROUGH = 5_000
VIEW_LOG = "articles.view_log"


@dataclass(frozen=True)
class Asked:
    """What somebody asks the log; nothing in particular to begin with."""

    by: int | None = None
    kind: str = ""
    row: str = ""
    verb: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    words: str = ""

    @property
    def by_index(self) -> Q:
        """What an index leads to."""
        found = Q()
        if self.kind and self.row:
            found &= Q(kind=self.kind, row=self.row)
        elif self.by:
            found &= Q(by=self.by)
        elif self.kind:
            found &= Q(kind=self.kind)
        if self.since:
            found &= Q(at__gte=starts(self.since))
        if self.until:
            found &= Q(at__lt=ends(self.until))
        return found

    @property
    def rest(self) -> Q:
        """What each line is looked at for."""
        found = Q()
        if self.by and self.kind and self.row:
            found &= Q(by=self.by)
        if self.by and self.kind and not self.row:
            found &= Q(kind=self.kind)
        if self.verb:
            found &= Q(verb=self.verb)
        for word in self.words.split():
            found &= (
                Q(row_name__icontains=word) | Q(note__icontains=word) | Q(by_name__icontains=word)
            )
        return found


@dataclass(frozen=True)
class LogPage:
    """Some lines, the key of the line before which the next page begins (None at the end), and how
    far back was looked, if that is not to the last line shown."""

    lines: list[LoggedAction]
    older: int | None = None
    looked_back_to: dt.datetime | None = None


def may_read_log(user: User) -> bool:
    return user.has_perm(VIEW_LOG)


def log_page(asked: Asked, *, by: User, before: int | None = None) -> LogPage:
    """The lines that were asked for, newest first, from before a line on. Raises
    PermissionDenied."""
    _refuse_unless_may_read(by)
    lines = LoggedAction.objects.filter(asked.by_index).order_by("-at", "-pk")
    if before is not None:
        last = LoggedAction.objects.filter(pk=before).first()
        if last is None:
            return LogPage([])
        lines = lines.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk), at__lte=last.at)
    if not asked.rest:
        return _page(list(lines[: PER_PAGE + 1]))
    newest = lines[:LOOKED_THROUGH].values("pk")
    found = LoggedAction.objects.filter(asked.rest, pk__in=newest).order_by("-at", "-pk")
    page = _page(list(found[: PER_PAGE + 1]))
    if page.older is None and (edge := lines[LOOKED_THROUGH - 1 : LOOKED_THROUGH].first()):
        return LogPage(page.lines, edge.pk, edge.at)
    return page


def _page(lines: list[LoggedAction]) -> LogPage:
    shown = lines[:PER_PAGE]
    return LogPage(shown, shown[-1].pk if len(lines) > PER_PAGE else None)


def all_lines(asked: Asked, *, by: User) -> QuerySet[LoggedAction]:
    """All lines that were asked for, newest first, to be read as a stream. Raises
    PermissionDenied."""
    _refuse_unless_may_read(by)
    return LoggedAction.objects.filter(asked.by_index & asked.rest).order_by("-at", "-pk")


def kinds_in_log() -> list[str]:
    """The kinds of row that the log tells of; in a log of millions it reads one line of each."""
    # Neither database skips from one value of an index to the next by itself.
    table = LoggedAction._meta.db_table
    statement = f"""
        WITH RECURSIVE kinds(kind) AS (
            SELECT MIN(kind) FROM {table} WHERE kind > ''
            UNION ALL
            SELECT (SELECT MIN(kind) FROM {table} WHERE kind > kinds.kind)
            FROM kinds WHERE kinds.kind IS NOT NULL
        )
        SELECT kind FROM kinds WHERE kind IS NOT NULL
    """  # noqa: S608 (the name of a table of ours)
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [kind for (kind,) in cursor.fetchall()]


def _refuse_unless_may_read(user: User) -> None:
    if not may_read_log(user):
        raise PermissionDenied(_("Your role does not allow this."))
