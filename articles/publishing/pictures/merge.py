"""Merging two rows that are one picture: one stays in the library, the other gives way to it.

The other row stays, out of sight: what was published names it, and a revision that does can still
be restored.
"""

import datetime as dt

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.search.index import index_named
from ...desk.workflow import Refusal
from ...library.author import Author
from ...library.photo import Photo
from ...library.recording import Recording
from ...library.topic import Topic
from ..editions.picture_use import PictureUse
from ..invalidation.affected_keys import keys_of_photo
from ..invalidation.invalidate import invalidate
from ..steps.hold_back import hold_back_refused, lock_scheduled
from ..surrogate_keys import SITE_KEY
from .replace import may_replace_in, replace_in_story
from .where_used import desk_uses, posts_with

FILLED = (
    *("caption", "credit", "copyright", "agency", "alt", "keywords"),
    *("licence", "territory", "rights_note", "rights_until", "taken_at"),
)
"""What the picture that stays takes from the other where it has nothing itself."""


class CannotMerge(Refusal):
    """Two pictures that cannot be merged, and why."""


@transaction.atomic
def merge_pictures(
    stays: Photo, goes: Photo, *, by: User, now: dt.datetime | None = None
) -> tuple[list[str], list[str]]:
    """Have one picture stand wherever the other does, on the desk, in topics and for authors; all
    of it, or nothing. What stories typed for it stays.

    Returns (names of the fields that were filled from the other, what was held back). Raises
    PermissionDenied, or CannotMerge with why.
    """
    if not by.has_perms(["articles.change_photo", "articles.delete_photo"]):
        raise PermissionDenied(_("Your role does not allow you to merge pictures."))
    now = now or timezone.now()
    lock_scheduled(goes)
    lock_scheduled(stays)
    Recording.objects.filter(poster=goes).update(poster=stays)
    held = _replace_in_stories(stays, goes, by=by, now=now)
    rows = Photo.objects.select_for_update(no_key=True).in_bulk(sorted({stays.pk, goes.pk}))
    refuse_unless_two(rows.get(stays.pk), rows.get(goes.pk))
    if any(uses.exists() for uses in desk_uses(goes)):  # since its stories were read
        why = _("A colleague changed the same thing at the same moment, so nothing was saved.")
        raise CannotMerge(why)
    stays, goes = rows[stays.pk], rows[goes.pk]
    keys = {*keys_of_photo(goes), *keys_of_photo(stays)}
    for model in (Topic, Author):
        model._default_manager.filter(picture=goes).update(picture=stays)
    _move_uses(stays, goes)
    filled = [name for name in FILLED if getattr(goes, name) and not getattr(stays, name)]
    for name in filled:
        setattr(stays, name, getattr(goes, name))
    if stays.not_for_others != goes.not_for_others:
        stays.not_for_others = True
        keys = {SITE_KEY}  # feeds and heads of pages ask the library
    stays.save()
    if filled:
        index_named(posts_with(stays))
    goes.merged.update(merged_into=stays)
    goes.merged_into, goes.rights_until = stays, stays.rights_until
    goes.save()
    invalidate(keys)
    held += [str(each) for row in (stays, goes) for each in hold_back_refused(by=by, photo=row)]
    return filled, held


def refuse_unless_two(stays: Photo | None, goes: Photo | None) -> None:
    if stays is None or goes is None or stays == goes or stays.merged_into_id:
        raise CannotMerge(_("One of the two pictures is no longer in the library."))
    if goes.merged_into_id:
        raise CannotMerge(_("This picture was merged with another one already."))


def _replace_in_stories(stays: Photo, goes: Photo, *, by: User, now: dt.datetime) -> list[str]:
    posts = list(posts_with(goes).order_by("pk"))
    if barred := [post for post in posts if not may_replace_in(post, by)]:
        names = ", ".join(f"“{post}”" for post in barred[:5])
        raise CannotMerge(_("You may not change these stories, which show it: %s.") % names)
    held = []
    for post in posts:
        held += replace_in_story(post, goes, stays, by=by, keep_words=True, now=now) or []
    return held


def _move_uses(stays: Photo, goes: Photo) -> None:
    both = PictureUse.objects.filter(photo=stays).values("edition")
    PictureUse.objects.filter(photo=goes, edition__in=both).delete()
    PictureUse.objects.filter(photo=goes).update(photo=stays)
