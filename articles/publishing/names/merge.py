"""Merging: one topic or author becomes another name of the other, which takes over its stories."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.audit_log.log import log_action
from ...desk.audit_log.verbs import Verb
from ...library.author import Author
from ...library.topic import Topic
from ..invalidation.invalidate import invalidate
from ..key_batches import batches
from ..old_addresses.old_address import OldAddress
from .kinds import Kind, Place, index_stories, kind_of
from .name_change import MergedLine, NameChange
from .refusals import GoneMeanwhile, NameRefused, require

BATCH = 2_000


@transaction.atomic
def merge(
    gone: Iterable[Any], kept: Any, *, by: User | None, now: dt.datetime | None = None
) -> list[NameChange]:
    """Merge some rows into one that is kept. Raises GoneMeanwhile and PermissionDenied, and
    ValueError when a row is merged into itself."""
    gone, kind = list(gone), kind_of(type(kept))
    require(by, "delete", kind.key)
    if kept in gone:
        raise ValueError(f"{kept} cannot be merged into itself.")
    # Whoever is saving a story with one of them waits, and then learns that it is gone.
    kept, *gone = lock(kind, [kept, *gone])
    if kept.listed_as != kept.pk:
        raise NameRefused(_("“%s” is a pen name. Keep the author whose it is.") % kept)
    changes = [_merge_one(kind, row, kept, by=by, now=now or timezone.now()) for row in gone]
    index_stories(kind, [kept.pk])
    invalidate()
    return changes


def lock(kind: Kind, rows: list[Any]) -> list[Any]:
    """The rows as they are stored, locked. Raises GoneMeanwhile."""
    keys = sorted({row.pk for row in rows})
    stored = {
        row.pk: row
        for row in kind.model._base_manager.select_for_update().filter(pk__in=keys).order_by("pk")
    }
    for row in rows:
        if row.pk not in stored:
            raise GoneMeanwhile(row.name)
    return [stored[row.pk] for row in rows]


def _merge_one(
    kind: Kind, gone: Any, kept: Any, *, by: User | None, now: dt.datetime
) -> NameChange:
    change = NameChange.objects.create(
        kind=kind.key,
        action=NameChange.Action.MERGE,
        by=by,
        at=now,
        row=gone.pk,
        name=gone.name,
        slug=gone.slug,
        into=kept.pk,
        new_name=kept.name,
        new_slug=kept.slug,
        stories=kind.on_desk.rows_of(gone.pk).count(),
        before=_as_it_was(kind, gone) | _climb(kind, gone, kept),
    )
    for place in kind.places:
        move_lines(change, place)
    for model, name, _unique in told_apart(kind):
        model._base_manager.filter(**{name: gone}).update(**{name: kept})
    _take_sign_in(kind, gone, kept)
    kind.other_names.objects.update_or_create(
        slug=gone.slug, defaults={kind.key: kept, "name": gone.name}
    )
    # Not this instance's: its related rows are another's now.
    kind.model._base_manager.get(pk=gone.pk).delete()
    log_action(Verb.MERGE, gone, by=by, note=f"→ {kept}", now=now)
    return change


def told_apart(kind: Kind) -> list[tuple[Any, str, str]]:
    """Tables (model, field, unique column) whose rows each name one row for itself: they just move
    along."""
    former = kind.model._meta.get_field("former_slugs").related_model
    below = (Topic, "broader", "slug") if kind.model is Topic else (Author, "pen_name_of", "slug")
    return [
        (kind.other_names, kind.key, "slug"),
        (former, kind.key, "slug"),
        (OldAddress, kind.key, "key"),
        below,
    ]


def _as_it_was(kind: Kind, row: Any) -> dict[str, Any]:
    """What undoing a merge needs to make a row anew."""
    skipped = {"id", "name", "slug", "name_key"}
    fields = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in skipped
    }
    slugs = {
        str(model._meta.model_name): list(
            model._base_manager.filter(**{name: row}).values_list(unique, flat=True)
        )
        for model, name, unique in told_apart(kind)
    }
    return {"fields": fields, "slugs": slugs}


def move_lines(change: NameChange, place: Place) -> None:
    """Have the rows of a place name what is kept, each holder once, and log them."""
    rows, taken = place.rows_of(change.row), place.rows_of(change.into)
    both = models.Q(**{f"{place.holder}__in": taken.values(place.holder)})
    for lines in batches(_lines(change, place, rows, both), BATCH):
        MergedLine.objects.bulk_create(lines)
    rows.filter(both).delete()
    rows.update(**{place.name: change.into})


def _lines(
    change: NameChange, place: Place, rows: models.QuerySet, both: models.Q
) -> Iterator[MergedLine]:
    for holder in rows.exclude(both).order_by("pk").values_list(place.holder, flat=True):
        yield MergedLine(change=change, place=place.key, holder=holder)
    for row in rows.filter(both).order_by("pk").values(place.holder, *place.own):
        yield MergedLine(
            change=change,
            place=place.key,
            holder=row.pop(place.holder),
            beside=True,
            lost=row,
        )


def _climb(kind: Kind, gone: Any, kept: Any) -> dict[str, Any]:
    """Put a topic that stands below the one that is merged into it in that one's place."""
    if kind.model is not Topic or gone.pk not in {topic.pk for topic in kept.all_broader()}:
        return {}
    climbed = {"from": kept.broader_id, "to": gone.broader_id}
    Topic.objects.filter(pk=kept.pk).update(broader=gone.broader_id)
    kept.broader_id = gone.broader_id
    return {"climbed": climbed}


def _take_sign_in(kind: Kind, gone: Any, kept: Any) -> None:
    """Let an author without an account have that of the one who is merged into them."""
    if kind.key != "author" or not gone.user_id or kept.user_id:
        return
    user, gone.user_id = gone.user_id, None
    kind.model._base_manager.filter(pk=gone.pk).update(user=None)
    kind.model._base_manager.filter(pk=kept.pk).update(user=user)
    kept.user_id = user
