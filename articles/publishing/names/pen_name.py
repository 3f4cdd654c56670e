"""Pen names: an author whose bylines lead to another, in whose list the stories stand."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from ...library.author import Author
from ..invalidation.invalidate import invalidate
from .kinds import AUTHORS
from .merge import lock, move_lines
from .name_change import NameChange
from .refusals import NameRefused, require
from .undo import undo


@transaction.atomic
def make_pen_name(
    author: Author, owner: Author, *, by: User | None, now: dt.datetime | None = None
) -> NameChange:
    """Let readers find the stories of one author in the list of another; bylines stay as they are.

    Raises GoneMeanwhile, PermissionDenied, and ValidationError when one is a pen name already.
    """
    require(by, "change", AUTHORS.key)
    author, owner = lock(AUTHORS, [author, owner])
    author.pen_name_of = owner
    author.full_clean(exclude=["bio"])
    author.save(update_fields=["pen_name_of"])
    change = NameChange.objects.create(
        kind=AUTHORS.key,
        action=NameChange.Action.PEN_NAME,
        by=by,
        row=author.pk,
        name=author.name,
        slug=author.slug,
        into=owner.pk,
        new_name=owner.name,
        new_slug=owner.slug,
        stories=AUTHORS.on_desk.rows_of(author.pk).count(),
        at=now or timezone.now(),
    )
    move_lines(change, AUTHORS.on_site)
    invalidate()
    return change


@transaction.atomic
def release_pen_name(author: Author, *, by: User | None, now: dt.datetime | None = None) -> None:
    """Let an author be one of their own again, with the stories that they brought along."""
    require(by, "change", AUTHORS.key)
    changes = NameChange.objects.in_force().filter(
        kind=AUTHORS.key, action=NameChange.Action.PEN_NAME, row=author.pk
    )
    try:
        with transaction.atomic():
            for change in changes.filter(into=author.pen_name_of_id):
                undo(change, by=by, now=now)
    except NameRefused:
        pass  # The list stays with whom they were merged into; the name does not.
    Author.objects.filter(pk=author.pk).update(pen_name_of=None)
    author.pen_name_of = None
    invalidate()
