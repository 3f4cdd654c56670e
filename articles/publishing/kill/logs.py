"""What the logs say of a killed story: in its own lines, in those of the rows that went with it,
and by its name in the lines of others. Who did something, and when, stays."""

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from ...desk.audit_log.logged_action import LoggedAction
from ...desk.post import Post
from ...library.photo import Photo
from ...library.recording import Recording
from ..fronts.breaking import Breaking

Said = list[dict[str, Any]]
BANNER = Breaking._meta.label_lower
BLANK = {"changes": [], "note": "", "change_message": ""}


def write_over_logs(
    post: Post, contents: dict[str, Any], since: dt.datetime | None
) -> dict[str, Said]:
    """Write over both logs; returns what they said, {table: rows}. `contents` are as of `erase`."""
    names = Names([*names_of(contents), *own_names(post)], since)
    went = dict(keys_that_went(post, contents))
    went.setdefault(BANNER, []).extend(banners_that_led_to_it(names))
    said = {
        "log": _write_over(own_lines(went), names.log_lines(), names, post, "row_name"),
        "admin.logentry": _write_over(
            admin_lines(went), names.admin_lines(), names, post, "object_repr"
        ),
    }
    return {table: rows for table, rows in said.items() if rows}


class Names:
    """What a story was called, and its addresses; finds them in the lines of a log."""

    def __init__(self, names: Iterable[str], since: dt.datetime | None) -> None:
        self.names = sorted({name for name in names if name.strip()})
        self.since = since
        self._pattern = re.compile("|".join(map(_pattern_of, self.names)) or "(?!)")

    def are_in(self, said: Any) -> bool:
        """Whether a text of a log, or a list of changes, says one of the names."""
        if isinstance(said, str):
            return bool(self._pattern.search(said))
        parts = said.values() if isinstance(said, dict) else said or ()
        return any(map(self.are_in, parts))

    def log_lines(self) -> QuerySet[LoggedAction]:
        rows = LoggedAction.objects.annotate(in_changes=Cast("changes", TextField()))
        return self._saying(rows, "at", "row_name", "note", "in_changes")

    def admin_lines(self) -> QuerySet[LogEntry]:
        return self._saying(LogEntry.objects.all(), "action_time", "object_repr", "change_message")

    def _saying(self, rows: QuerySet, moment: str, *columns: str) -> QuerySet:
        condition = Q(pk=None)
        for name in self.names:
            for column in columns:
                # JSON is stored with and without escapes, as the database has it.
                for written in {
                    name,
                    json.dumps(name)[1:-1],
                    json.dumps(name, ensure_ascii=False)[1:-1],
                }:
                    condition |= Q(**{f"{column}__contains": written})
        return rows.filter(condition, **({f"{moment}__gte": self.since} if self.since else {}))


def as_stored(name: str) -> set[str]:
    """A name as a column may have it: as it is, or in JSON, with escapes or without."""
    return {name, json.dumps(name)[1:-1], json.dumps(name, ensure_ascii=False)[1:-1]}


def _pattern_of(name: str) -> str:
    """A name of one word may be another thing's, too: it has to be all that is said."""
    if " " in name or "/" in name:
        return re.escape(name)
    return rf"(?:^|: |“){re.escape(name)}(?:$|”)"


def names_of(contents: dict[str, Any]) -> Iterator[str]:
    """The headlines that a story had at the desk and on the site, and its paths."""
    rows, over = contents["rows"], contents["written_over"]
    for named in (contents["post"], *rows.get("articles.edition", ())):
        yield named["headline"]
    yield contents["post"]["slug_line"]
    for kept in rows.get("articles.checkpoint", ()):
        yield (kept["document"] or {}).get("headline", "")
    for address in over.get("articles.address", ()):
        yield f"/{address['slug']}/"
    for old in over.get("articles.oldaddress", ()):
        yield old["key"]


def own_names(post: Post) -> Iterable[str]:
    """What it was called when something was done with it."""
    lines = LoggedAction.objects.filter(kind=Post._meta.label_lower, row=str(post.pk))
    return lines.order_by().values_list("row_name", flat=True).distinct()


def keys_that_went(post: Post, contents: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """(label of a table, keys) of the story and of the rows that went with it."""
    yield Post._meta.label_lower, [str(post.pk)]
    yield Photo._meta.label_lower, [str(row["pk"]) for row in contents["pictures"]]
    yield Recording._meta.label_lower, [str(row["pk"]) for row in contents["recordings"]]
    for kind, rows in contents["rows"].items():
        yield kind, [str(row["pk"]) for row in rows]


def banners_that_led_to_it(names: Names) -> list[str]:
    """The keys of banners that lead to another story now: they had words about this one."""
    lines = names.log_lines().filter(kind=BANNER).order_by()
    found = lines.values_list("row", "row_name", "changes")
    return [row for row, *said in found if any(map(names.are_in, said))]


def own_lines(went: dict[str, list[str]]) -> QuerySet[LoggedAction]:
    """The lines of the log of who did what about the rows that went."""
    about = Q(pk=None)
    for kind, keys in went.items():
        about |= Q(kind=kind, row__in=keys)
    return LoggedAction.objects.filter(about)


def admin_lines(went: dict[str, list[str]]) -> QuerySet[LogEntry]:
    """The same of the log of Django's admin."""
    about = Q(pk=None)
    for kind in ContentType.objects.all():
        if keys := went.get(f"{kind.app_label}.{kind.model}"):
            about |= Q(content_type=kind, object_id__in=keys)
    return LogEntry.objects.filter(about)


def _write_over(own: QuerySet, others: QuerySet, names: Names, post: Post, named: str) -> Said:
    """Write over all that its own lines say, and of others what says one of its names."""
    columns = [name for name in (named, *BLANK) if hasattr(own.model, name)]
    blank = {name: BLANK.get(name, _("Killed story %s") % post.pk) for name in columns}
    mine = list(own.values("pk", *columns))
    known = {row["pk"] for row in mine}
    theirs = [row for row in others.values("pk", *columns) if row["pk"] not in known]
    theirs = [row for row in theirs if any(names.are_in(row[name]) for name in columns)]
    rows = own.model._base_manager
    rows.filter(pk__in=known).update(**blank)
    for name in columns:
        if keys := [row["pk"] for row in theirs if names.are_in(row[name])]:
            rows.filter(pk__in=keys).update(**{name: blank[name]})
    return [*mine, *theirs]
