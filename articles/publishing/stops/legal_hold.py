"""Legal holds: from now on nothing more of a story goes out, until somebody lifts the hold.

What readers see already they go on seeing: to take it away is to withdraw or to kill it.
"""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from ...desk.legal_hold.held import hold_sentence, is_on_hold
from ...desk.post import Post
from ...desk.transition import Transition
from ...desk.workflow import Refusal, log, refuse_unless_allowed
from ..steps.hold_back import HeldBack, hold_back_locked
from ..steps.intervals import step_moment
from ..steps.step import lock_post

Action = Transition.Action

HOLD_FIELDS = ("held_at", "held_by", "hold_reason")


@transaction.atomic
def place_hold(
    post: Post, *, by: User | None, note: str, now: dt.datetime | None = None
) -> list[HeldBack]:
    """Put a story on legal hold; `note` says why. Returns what this took off the schedule.

    Raises PermissionDenied, and Refusal when it is on hold already.
    """
    post = lock_post(post)
    return place_hold_locked(post, by=by, note=note, now=step_moment(post, now))


def place_hold_locked(
    post: Post, *, by: User | None, note: str, now: dt.datetime
) -> list[HeldBack]:
    """The same of a post that is locked, at the moment of its step."""
    refuse_unless_allowed(Action.PLACE_HOLD, post, by=by, note=note)
    if is_on_hold(post):
        raise Refusal(hold_sentence(post))
    post.held_at, post.held_by, post.hold_reason = now, by, note.strip()
    log(Action.PLACE_HOLD, post, from_status=post.status, by=by, note=note, now=now)
    if held := hold_back_locked(post, by=by, now=now):
        return [held]
    post.save(update_fields=HOLD_FIELDS)
    return []


@transaction.atomic
def lift_hold(post: Post, *, by: User | None, note: str, now: dt.datetime | None = None) -> None:
    """Lift a story's legal hold; `note` says why. What was scheduled is to be scheduled again.

    Raises PermissionDenied, and Refusal when it is not on hold.
    """
    post = lock_post(post)
    now = step_moment(post, now)
    refuse_unless_allowed(Action.LIFT_HOLD, post, by=by, note=note)
    if not is_on_hold(post):
        raise Refusal(_("“%s” is not on legal hold any more.") % post)
    post.held_at, post.held_by, post.hold_reason = None, None, ""
    post.save(update_fields=HOLD_FIELDS)
    log(Action.LIFT_HOLD, post, from_status=post.status, by=by, note=note, now=now)
