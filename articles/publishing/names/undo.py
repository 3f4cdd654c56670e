"""Undoing a rename or a merge: what came with it goes back, unless it was changed since."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.audit_log.log import log_action
from ...desk.audit_log.verbs import Verb
from ...library.naming.names import name_key
from ...library.topic import Topic
from ..invalidation.invalidate import invalidate
from ..key_batches import batches
from .kinds import KINDS, Kind, Place, index_stories
from .merge import BATCH, told_apart
from .name_change import MergedLine, NameChange
from .refusals import NameRefused, require


@transaction.atomic
def undo(change: NameChange, *, by: User | None, now: dt.datetime | None = None) -> NameChange:
    """Undo a logged change. Raises NameRefused when that is not possible, and PermissionDenied."""
    change = NameChange.objects.select_for_update().get(pk=change.pk)
    kind, is_merge = KINDS[change.kind], change.action == NameChange.Action.MERGE
    require(by, "delete" if is_merge else "change", change.kind)
    if change.undone_at:
        raise NameRefused(_("This was undone already."))
    kept = kind.model._base_manager.select_for_update().filter(pk=change.into).first()
    if kept is None:
        raise NameRefused(
            _("“%s” was merged into another or deleted since. Undo that first.") % change.new_name
        )
    try:
        UNDO[NameChange.Action(change.action)](change, kind, kept)
    except ValidationError as error:
        raise NameRefused(" ".join(error.messages)) from error
    change.undone_at, change.undone_by = now or timezone.now(), by
    change.save(update_fields=["undone_at", "undone_by"])
    log_action(Verb.UNDO, change, by=by, now=change.undone_at)
    index_stories(kind, [change.row, change.into])
    invalidate()
    return change


def _undo_rename(change: NameChange, kind: Kind, row: Any) -> None:
    if (row.name, row.slug) != (change.new_name, change.new_slug):
        raise NameRefused(_("It was renamed again since. Undo that first."))
    row.name, row.slug = change.name, change.slug
    names = kind.other_names.objects.filter(**{kind.key: row})
    names.filter(name_key=name_key(change.name)).delete()
    row.full_clean()
    row.save()


def _undo_pen_name(change: NameChange, kind: Kind, owner: Any) -> None:
    author = kind.model._base_manager.filter(pk=change.row, pen_name_of=owner)
    if not author.update(pen_name_of=None):
        raise NameRefused(_("“%s” is no pen name of theirs any more.") % change.name)
    _give_back(change, kind.on_site)


def _undo_merge(change: NameChange, kind: Kind, kept: Any) -> None:
    kind.other_names.objects.filter(**{kind.key: kept}, slug=change.slug).delete()
    row = _made_anew(change, kind, kept)
    for model, name, unique in told_apart(kind):
        moved = change.before["slugs"].get(model._meta.model_name, [])
        for some in batches(moved, BATCH):
            rows = model._base_manager.filter(**{name: kept, f"{unique}__in": some})
            rows.update(**{name: row})
    if climbed := change.before.get("climbed"):
        same = Topic.objects.filter(pk=kept.pk, broader=climbed["to"])
        same.filter(Exists(Topic.objects.filter(pk=climbed["from"]))).update(
            broader=climbed["from"]
        )
    if kind.model is Topic and row in row.all_broader():
        Topic.objects.filter(pk=row.pk).update(broader=None)
    _give_sign_in_back(change, kind, kept)
    for place in kind.places:
        _give_back(change, place)


def _give_sign_in_back(change: NameChange, kind: Kind, kept: Any) -> None:
    """Let the account that a merge gave to another author be theirs again who had it."""
    user = change.before["fields"].get("user_id")
    if user and kept.user_id == user:
        kind.model._base_manager.filter(pk=kept.pk).update(user=None)
        kind.model._base_manager.filter(pk=change.row).update(user=user)


def _made_anew(change: NameChange, kind: Kind, kept: Any) -> Any:
    """The row that was merged, as it was, with its old key; what it named and is gone is empty."""
    row = kind.model(pk=change.row, name=change.name, slug=change.slug)
    for name, value in change.before["fields"].items():
        if hasattr(row, name):
            setattr(row, name, value)
    for field in (field for field in row._meta.concrete_fields if field.is_relation):
        named = field.related_model._base_manager.filter(pk=getattr(row, field.attname))
        # An account has one author.
        if not named.exists() or _is_taken(field, row):
            setattr(row, field.attname, None)
    # Words may be longer than a limit that is newer than they.
    row.clean_fields(exclude=["description", "bio"])
    row.clean()
    row.validate_unique()
    row.save(force_insert=True)
    return row


def _is_taken(field: Any, row: Any) -> bool:
    value = {field.attname: getattr(row, field.attname)}
    return field.unique and type(row)._base_manager.filter(**value).exists()


def _give_back(change: NameChange, place: Place) -> None:
    """Have the logged holders name what was merged again, if they still name what it went into."""
    others = NameChange.objects.in_force().filter(
        kind=change.kind,
        into=change.into,
        action__in=[NameChange.Action.MERGE, NameChange.Action.PEN_NAME],
    )
    others = list(others.exclude(pk=change.pk).values_list("pk", flat=True))
    logged = change.lines.filter(place=place.key).order_by("pk")
    for lines in batches(logged.iterator(BATCH), BATCH):
        _give_back_some({line.holder: line for line in lines}, change, place, others)


def _give_back_some(
    lines: dict[int, MergedLine], change: NameChange, place: Place, others: list[int]
) -> None:
    shared = MergedLine.objects.filter(change__in=others, place=place.key, holder__in=list(lines))
    # The earliest of those that came by another merge too.
    by_holder = {line.holder: line for line in shared.order_by("-change")}
    moved, copies, heirs = [], [], []
    rows = place.rows_of(change.into).filter(**{f"{place.holder}__in": list(lines)})
    for row in rows.select_for_update(of=("self",)):
        holder = getattr(row, place.holder_id)
        line, other = lines[holder], by_holder.get(holder)
        if not line.beside and other is None:
            moved.append(row.pk)
            continue
        if not line.beside and other is not None:
            heirs.append(other.pk)  # what is kept is there through that merge from now on
        copies.append(_copy(row, line, change, place))
    place.model._base_manager.filter(pk__in=moved).update(**{place.name: change.row})
    place.model._base_manager.bulk_create(copies)
    MergedLine.objects.filter(pk__in=heirs).update(beside=False)


def _copy(row: Any, line: MergedLine, change: NameChange, place: Place) -> Any:
    """A row like this one that names what was merged, as it was."""
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    own = line.lost or {"id": None}
    return place.model(**fields | {place.name_id: change.row} | own)


UNDO = {
    NameChange.Action.RENAME: _undo_rename,
    NameChange.Action.MERGE: _undo_merge,
    NameChange.Action.PEN_NAME: _undo_pen_name,
}
