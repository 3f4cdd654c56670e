"""Cancelling what is scheduled for a story: an update, a first publication or a withdrawal."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from ...desk.post import Post
from ...desk.transition import Transition
from ...desk.workflow import Refusal, refuse_unless_allowed
from ..dates import FOREVER
from ..editions.live_intervals import is_live
from ..endings.tombstone import remove_tombstone
from .intervals import end, remove_pending, status_without_pending, step_moment
from .step import finish_step, lock_post


@transaction.atomic
def cancel_schedule(
    post: Post, *, by: User | None, note: str = "", now: dt.datetime | None = None
) -> None:
    """Undo what is scheduled for the post: a pending edition or a pending withdrawal."""
    post = lock_post(post)
    now = step_moment(post, now)
    refuse_unless_allowed(Transition.Action.CANCEL, post, by=by)
    number = post.removed_number
    latest = remove_pending(post, now=now)
    live = latest if latest and is_live(latest, now) else None
    pending = post.removed_number > number
    if not pending and (live is None or live.live_until == FOREVER):
        raise Refusal(_("Nothing is scheduled for this story."))
    if live:
        end(live, at=FOREVER)
        remove_tombstone(post)
    status = status_without_pending(live or latest, now=now)
    finish_step(Transition.Action.CANCEL, post, status=status, by=by, note=note, now=now)
