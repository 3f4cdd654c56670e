"""Removing topics and authors that no story needs."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from ..invalidation.invalidate import invalidate
from .counts import is_used
from .kinds import AUTHORS, kind_of
from .merge import lock
from .refusals import NameRefused, require


class StillUsed(NameRefused):
    """A story names the row; the stories have to go somewhere first."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("“%s” is used by stories. Merge it into another, so that they keep one.") % name
        )


@transaction.atomic
def remove(row: Any, *, by: User | None) -> None:
    """Delete a row that nothing names. Raises StillUsed, GoneMeanwhile and PermissionDenied."""
    kind = kind_of(type(row))
    require(by, "delete", kind.key)
    # Whoever is saving a story with it waits, and then learns that it is gone.
    (row,) = lock(kind, [row])
    if is_used(kind, row):
        raise StillUsed(row.name)
    if kind is AUTHORS and row.pen_names.exists():
        raise NameRefused(_("“%s” has pen names. Give them to another author first.") % row)
    row.delete()
    invalidate()
