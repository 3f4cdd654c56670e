"""Holding back: a scheduled edition goes back to the desk when it would be
refused if it were scheduled now.

Nothing runs at the scheduled second. So whatever changes what a step checks (saving a post or
a photo, deleting a photo, loading a fixture) calls `hold_back_refused` in the same transaction.
Live editions stay live.
"""

import datetime as dt
import json
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import JSONField, Q, TextField
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.post import Post
from ...desk.transition import Transition
from ...library.date_formats import format_moment
from ...library.photo import Photo
from ...library.site_language import in_site_language
from ..editions.edition import MAY_BE_AHEAD, Edition, EditionQuerySet
from .intervals import newest_two, remove_pending, status_without_pending, step_moment
from .readiness import edition_refusals, photos_in
from .step import finish_step, lock_post


@dataclass(frozen=True)
class HeldBack:
    """A story whose scheduled edition was held back, and why; as text, a message for editors."""

    post: Post
    live_from: dt.datetime
    reason: str

    def __str__(self) -> str:
        return _("“%(post)s” was scheduled for %(moment)s and is held back. %(reason)s") % {
            "post": self.post,
            "moment": format_moment(self.live_from),
            "reason": self.reason,
        }


def hold_back_refused(
    *,
    by: User | None,
    post: Post | None = None,
    photo: Photo | None = None,
    now: dt.datetime | None = None,
) -> list[HeldBack]:
    """Hold back editions (all, or of a post or photo) that would be refused if scheduled now.

    `by` is whoever caused it, None for a command. Returns what was held back, for a message.
    """
    now = now or timezone.now()
    posts = sorted(set(scheduled(post, photo, now).values_list("post_id", flat=True)))
    return [held for key in posts if (held := _hold_back(key, by=by, now=now))]


def lock_scheduled(photo: Photo, *, now: dt.datetime | None = None) -> None:
    """Lock the scheduled stories with a photo, before the photo itself is written.

    Steps lock a story and then its photos: the other way round is a deadlock.
    """
    posts = scheduled(None, photo, now or timezone.now()).order_by().values("post_id")
    list(Post.objects.select_for_update().filter(pk__in=posts).order_by("pk").values_list("pk"))


def scheduled(post: Post | None, photo: Photo | None, now: dt.datetime) -> EditionQuerySet:
    """Editions that nobody has seen yet, of a post or with a photo if one is named."""
    editions = Edition.objects.filter(live_from__gt=now + MAY_BE_AHEAD)
    if post:
        editions = editions.filter(post=post)
    return with_photo(editions, photo) if photo else editions


def with_photo(editions: EditionQuerySet, photo: Photo) -> EditionQuerySet:
    """Editions whose document has the photo's slug as a value, or that of one that was merged with
    it; some may not show the photo."""
    words = Cast(Coalesce("refers_to", "document", output_field=JSONField()), TextField())
    found = Q()
    merged = photo.merged.values_list("slug", flat=True) if photo.pk else ()  # it may be deleted
    for slug in (photo.slug, *merged):
        # SQLite keeps JSON as Django writes it, with letters beyond ASCII escaped; PostgreSQL not.
        found |= Q(words__contains=f'"{slug}"') | Q(words__contains=json.dumps(slug))
    return editions.annotate(words=words).filter(found)


@transaction.atomic
def _hold_back(key: int, *, by: User | None, now: dt.datetime) -> HeldBack | None:
    post = lock_post(Post(pk=key))
    return hold_back_locked(post, by=by, now=step_moment(post, now))


def hold_back_locked(post: Post, *, by: User | None, now: dt.datetime) -> HeldBack | None:
    """The same of one story, which is locked, at the moment of the step that caused it.

    Whatever is held back, the post is saved whole.
    """
    edition, before = newest_two(post)
    if edition is None or edition.live_from <= now:
        return None
    photos = photos_in(edition.document)
    if not (refused := edition_refusals(post, edition, photos)):
        return None
    with in_site_language():
        logged = " ".join(dict.fromkeys(edition_refusals(post, edition, photos)))
    latest = remove_pending(post, now=now, newest_first=(edition, before))
    held = HeldBack(post, edition.live_from, " ".join(dict.fromkeys(refused)))
    finish_step(
        Transition.Action.HOLD,
        post,
        status=status_without_pending(latest, now=now),
        by=by,
        note=logged,
        now=now,
        due_at=edition.live_from,
    )
    return held
