"""Saying what a picture of the library shows, where nobody has said it yet."""

import datetime as dt

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.workflow import Refusal
from ...library.photo import Photo
from ..steps.hold_back import HeldBack, lock_scheduled
from .follow import follow_change


@transaction.atomic
def describe_picture(
    photo: Photo, *, alt: str, decorative: bool, by: User, now: dt.datetime | None = None
) -> list[HeldBack]:
    """Give a picture its alt text, or say that it is decorative. Returns what was held back.

    Raises PermissionDenied, and Refusal when a colleague has done it meanwhile: it is kept.
    """
    if not by.has_perm("articles.change_photo"):
        raise PermissionDenied(_("Your role does not allow changes to the picture library."))
    now = now or timezone.now()
    lock_scheduled(photo, now=now)
    lacking = Photo.objects.in_library().without_alt().select_for_update(no_key=True)
    stored = lacking.filter(pk=photo.pk).first()
    if stored is None:
        raise Refusal(_("“%s” has an alt text meanwhile, which is kept.") % photo)
    stored.alt, stored.decorative = alt, decorative
    stored.clean_fields(exclude={each.name for each in Photo._meta.fields} - {"alt"})
    stored.save()
    return follow_change(stored, by=by, now=now, is_reworded=True)
