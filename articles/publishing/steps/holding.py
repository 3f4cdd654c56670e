"""Holding: what is scheduled goes back to the desk when it would be refused today.

Nothing runs at the scheduled second. So whoever changes what a step asks about calls
`hold_what_is_refused` in the same transaction: after a save of a post or a photo, after a photo is
deleted, after a fixture is loaded. What is live stays.
"""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.post import Post
from ...desk.transition import Transition
from ...desk.workflow import log
from ...library.date_formats import say_moment
from ...library.photo import Photo
from ..editions.edition import MAY_BE_AHEAD, Edition, EditionQuerySet
from ..invalidation.affected_keys import by_story
from ..invalidation.site_stamp import invalidate
from .publish import locked
from .readiness import edition_refusals
from .timeline import WRITTEN_BY_STEPS, remove_pending, status_without_pending, step_moment


@dataclass(frozen=True)
class Held:
    """A story whose scheduled edition was held back, and why; as text, a sentence to be told."""

    post: Post
    live_from: dt.datetime
    reason: str

    def __str__(self):
        return _("“%(post)s” was scheduled for %(moment)s and is held back. %(reason)s") % {
            "post": self.post,
            "moment": say_moment(self.live_from),
            "reason": self.reason,
        }


def hold_what_is_refused(
    *,
    by: User | None,
    post: Post | None = None,
    photo: Photo | None = None,
    now: dt.datetime | None = None,
) -> list[Held]:
    """Hold back what is scheduled (of a post, with a photo, or at all) and may not go out any more.

    `by` is whoever made it wrong, None a command. Returns what was held, to be told.
    """
    now = now or timezone.now()
    posts = sorted(set(scheduled(post, photo, now).values_list("post_id", flat=True)))
    return [held for key in posts if (held := _hold(key, by=by, now=now))]


def lock_scheduled(photo: Photo, *, now: dt.datetime | None = None) -> None:
    """Hold the rows of the scheduled stories with a photo, before the photo's own is written.

    Steps lock a story and then its photos: the other way round, two people would wait for each
    other.
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
    """Those of some editions that show a photo."""
    words = Cast("document", TextField())
    return editions.annotate(words=words).filter(words__contains=f'"{photo.slug}"')


@transaction.atomic
def _hold(key, *, by, now):
    post = locked(Post(pk=key))
    now = step_moment(post, now)
    edition = post.editions.filter(live_from__gt=now).order_by("number").last()
    refused = edition_refusals(post, edition) if edition else []
    if not refused:
        return None
    latest = remove_pending(post, now=now)
    invalidate(by_story(post, now=now))
    from_status, post.status = post.status, status_without_pending(latest, now=now)
    post.save(update_fields=WRITTEN_BY_STEPS)
    held = Held(post, edition.live_from, " ".join(dict.fromkeys(refused)))
    log(
        Transition.Action.HOLD,
        post,
        from_status=from_status,
        by=by,
        note=held.reason,
        now=now,
        due_at=edition.live_from,
    )
    return held
