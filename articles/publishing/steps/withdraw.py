"""Withdrawing a story: its URL then answers 410, or leads to another story."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from ...desk.post import Post
from ...desk.transition import Transition
from ...desk.workflow import Refusal, refuse_unless_allowed
from ..editions.edition import Edition
from ..endings.tombstone import set_tombstone
from .intervals import end, remove_pending, step_moment
from .step import finish_step, lock_post


@transaction.atomic
def withdraw(
    post: Post,
    *,
    by: User | None,
    at: dt.datetime | None = None,
    note: str = "",
    now: dt.datetime | None = None,
    told: str = "",
    replacement: Post | None = None,
) -> Edition:
    """Take a story off the site, now or at a future moment; its address then answers 410.

    There readers are `told` why, if anything; or it leads them to the `replacement`, a live story.
    Raises PermissionDenied and Refusal, and then nothing has changed.
    """
    post = lock_post(post)
    now = step_moment(post, now)
    at = max(at or now, now)
    refuse_unless_allowed(Transition.Action.WITHDRAW, post, by=by)
    remove_pending(post, now=now)
    edition = post.editions.live(at).first()
    if edition is None:
        raise Refusal(_("Readers do not see this story yet: cancel its schedule instead."))
    if replacement and (replacement.pk == post.pk or not replacement.editions.live(at).exists()):
        raise Refusal(_("“%s” cannot take its place: readers do not see it.") % replacement)
    end(edition, at=at)
    set_tombstone(post, by=by, now=now, words=told, replacement=replacement)
    finish_step(
        Transition.Action.WITHDRAW,
        post,
        status=Post.Status.WITHDRAWN,
        by=by,
        note=note,
        now=now,
        at=at,
    )
    return edition
