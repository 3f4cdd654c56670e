"""Writing the log. Call it in the transaction that does the work, where the work is done."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise

from ...library.characters import tidy
from ...library.site_language import in_site_language
from .logged_action import LONGEST_NAME, LoggedAction


def log_action(
    verb: str,
    row: models.Model | None,
    *,
    by: User | None,
    changes: Sequence[dict[str, Any]] = (),
    note: str | Promise = "",
    now: dt.datetime | None = None,
    once_in: dt.timedelta | None = None,
    **more: Any,
) -> None:
    """Log what somebody (nobody: a command) did to a row.

    `changes` are [{field, from, to}]: name the field of a secret, never its value. With `once_in`
    a line that says no more than the row's last one is left out for so long.
    """
    now = now or timezone.now()
    if once_in and row and not note and _is_said(verb, row, by, changes, since=now - once_in):
        return
    log_actions(verb, [row], by=by, changes=changes, note=note, now=now, **more)


def _is_said(
    verb: str,
    row: models.Model,
    by: User | None,
    changes: Sequence[dict[str, Any]],
    *,
    since: dt.datetime,
) -> bool:
    """Whether the row's last line says the same: that these fields changed, not from what to
    what."""
    if any(change.keys() != {"field"} for change in changes):
        return False
    lines = LoggedAction.objects.filter(kind=row._meta.label_lower, row=str(row.pk))
    last = lines.order_by("-at", "-pk").first()
    if last is None or last.at < since:
        return False
    return (last.verb, last.by_id, last.changes) == (verb, by and by.pk, list(changes))


def log_actions(
    verb: str,
    rows: Iterable[models.Model | None],
    *,
    by: User | None,
    changes: Sequence[dict[str, Any]] = (),
    note: str | Promise = "",
    now: dt.datetime | None = None,
    by_name: str = "",
    address: str | None = None,
) -> None:
    """Log the same of several rows, in one query."""
    with in_site_language():  # a row may have no name of its own yet, and a note be ours
        shared = {
            "at": now or timezone.now(),
            "by": by,
            "by_name": by.get_username() if by else tidy(by_name)[:150],
            "verb": verb,
            "changes": [_bounded(change | {"field": str(change["field"])}) for change in changes],
            "note": tidy(str(note)),
            "address": address,
        }
        logged = [LoggedAction(**shared, **_named(row)) for row in rows]
    LoggedAction.objects.bulk_create(logged)


def _named(row: models.Model | None) -> dict[str, str]:
    if row is None:
        return {}
    name = tidy(str(row))
    return {"kind": row._meta.label_lower, "row": str(row.pk), "row_name": name[:LONGEST_NAME]}


def _bounded(change: dict[str, Any]) -> dict[str, Any]:
    """A change, tidied as every text that comes in, without values too long for a line."""
    change = {end: tidy(said) if isinstance(said, str) else said for end, said in change.items()}
    values = [str(change.get(end, "")) for end in ("from", "to")]
    if max(map(len, values)) > LONGEST_NAME:
        return {"field": change["field"]}
    return change
