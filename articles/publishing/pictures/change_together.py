"""The same words and rights for several pictures, each for itself and by its own rules.

What is published keeps what it was published with, as after any other change of a picture.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.workflow import Refusal
from ...library.photo import Photo
from ..invalidation.invalidate import invalidate
from ..steps.hold_back import lock_scheduled
from .follow import follow_change

TOGETHER = (
    *("caption", "credit", "copyright", "agency", "keywords"),
    *("licence", "territory", "not_for_others", "rights_note", "rights_until"),
)
"""The fields that pictures may have in common."""
WORDS = {"caption", "credit"}
"""Those of them by which the desk finds stories."""


@dataclass
class Changed:
    """What became of a picture: fields that were `filled`, those that were `replaced` and those
    that were `kept`, both with what stood there, and what was held back, in sentences."""

    photo: Photo
    filled: list[str] = field(default_factory=list)
    replaced: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    held: list[str] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The fields that changed."""
        return [*self.filled, *self.replaced]


@transaction.atomic
def change_picture(
    photo: Photo,
    given: dict[str, Any],
    *,
    by: User,
    replace: bool = False,
    now: dt.datetime | None = None,
) -> Changed:
    """Fill the empty fields of a picture with what is given, and with `replace` the others too.

    Keywords come beside those that are there. Raises PermissionDenied, Refusal, and
    ValidationError for what the picture cannot hold.
    """
    if not by.has_perm("articles.change_photo"):
        raise PermissionDenied(_("Your role does not allow changes to the picture library."))
    now = now or timezone.now()
    lock_scheduled(photo, now=now)
    stored = Photo.objects.in_library().select_for_update(no_key=True).filter(pk=photo.pk).first()
    if stored is None:
        raise Refusal(_("It is no longer in the library."))
    changed = Changed(stored)
    for name in TOGETHER:
        if name in given:
            _fill(changed, name, given[name], replace=replace)
    if changed.names:
        stored.clean_fields(exclude={each.name for each in Photo._meta.fields} - {*changed.names})
        stored.save()
        is_reworded = bool(WORDS & {*changed.names})
        held = follow_change(stored, by=by, now=now, is_reworded=is_reworded)
        if "not_for_others" in changed.names:
            invalidate()  # feeds and heads of pages ask the library
        changed.held = [str(each) for each in held]
    return changed


def _fill(changed: Changed, name: str, value: Any, *, replace: bool) -> None:
    photo, there = changed.photo, getattr(changed.photo, name)
    if name == "keywords":
        value = with_keywords(there, value)
    if value == there:
        return
    if not there or name == "keywords":
        changed.filled.append(name)
    elif replace:
        changed.replaced[name] = there
    else:
        changed.kept[name] = there
        return
    setattr(photo, name, value)


def with_keywords(there: str, more: str) -> str:
    """Keywords with those of others that are not among them."""
    words = [word for text in (there, more) for each in text.split(",") if (word := each.strip())]
    once = {word.casefold(): word for word in reversed(words)}
    is_new = len(once) > len({word.strip().casefold() for word in there.split(",") if word.strip()})
    return ", ".join(reversed(once.values())) if is_new else there
