"""Rescheduling: what is scheduled goes out at another moment, with the words that it has."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from ...desk.post import Post
from ...desk.transition import Transition
from ...desk.workflow import Refusal, refuse_unless_allowed
from ...library.date_formats import format_moment
from ..editions.edition import Edition
from .intervals import step_moment
from .schedule import schedule
from .step import lock_post


@transaction.atomic
def reschedule(
    post: Post,
    *,
    was: dt.datetime,
    at: dt.datetime,
    by: User | None,
    now: dt.datetime | None = None,
) -> Edition:
    """Move what is scheduled for a moment to another one.

    Asks all that scheduling asks. Refusal when it is not scheduled for that moment any more, and
    when the desk copy was changed since: nobody said that those words may go out.
    """
    post = lock_post(post)
    refuse_unless_allowed(Transition.Action.SCHEDULE, post, by=by)
    pending = post.editions.filter(live_from__gt=step_moment(post, now)).order_by("number").last()
    if pending is None or pending.live_from != was:
        raise Refusal(
            _("“%(post)s” is not scheduled for %(moment)s any more. Look again.")
            % {"post": post, "moment": format_moment(was)}
        )
    if pending.version != post.version:
        raise Refusal(
            _("“%s” was changed after it was scheduled. Open it and schedule it as it is now.")
            % post
        )
    return schedule(post, by=by, at=at, now=now)
