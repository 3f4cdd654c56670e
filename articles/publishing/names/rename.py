"""Renaming: what somebody gave a new name or address is logged; the old ones lead there."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from ...library.naming.names import name_key
from ..invalidation.invalidate import invalidate
from .kinds import TOPICS, index_stories, kind_of
from .name_change import NameChange
from .refusals import require


@transaction.atomic
def store_renamed(
    row: Any, *, by: User | None, now: dt.datetime | None = None
) -> NameChange | None:
    """Store a row whose name or address may be new, and log that. Raises PermissionDenied."""
    kind = kind_of(type(row))
    require(by, "change", kind.key)
    before = kind.model._base_manager.select_for_update(no_key=True).get(pk=row.pk)
    row.save()
    if (before.name, before.slug) == (row.name, row.slug):
        return None
    index_stories(kind, [row.pk])
    invalidate()
    return NameChange.objects.create(
        kind=kind.key,
        action=NameChange.Action.RENAME,
        by=by,
        at=now or timezone.now(),
        row=row.pk,
        into=row.pk,
        name=before.name,
        slug=before.slug,
        new_name=row.name,
        new_slug=row.slug,
    )


def keep_former_name(change: NameChange) -> None:
    """Let a topic be found by the name that it had: as one of its other names."""
    key = name_key(change.name)
    names = TOPICS.other_names.objects.filter(topic=change.into)
    if key == name_key(change.new_name) or names.filter(name_key=key).exists():
        return
    names.create(topic_id=change.into, name=change.name)
