"""Putting back: a withdrawn story is on the site again."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction

from ...desk.post import Post
from ...desk.transition import Transition
from ...desk.workflow import refuse_unless_allowed
from ..editions.edition import Edition
from .intervals import step_moment
from .make_live import make_live, refuse_impossible
from .posted_on import moment_meant
from .step import lock_post

Action = Transition.Action


@transaction.atomic
def put_back(
    post: Post,
    *,
    by: User | None,
    note: str = "",
    now: dt.datetime | None = None,
    meant: str | None = None,
) -> Edition:
    """Show a withdrawn story again, as it stands on the desk: in a new edition, from now on; or
    from the moment that its “posted on” names, as for `publish`."""
    post = lock_post(post)
    return put_back_locked(post, by=by, note=note, now=step_moment(post, now), meant=meant)


def put_back_locked(
    post: Post, *, by: User | None, now: dt.datetime, note: str = "", meant: str | None = None
) -> Edition:
    """The same of a post that is locked, at the moment of its step."""
    refuse_unless_allowed(Action.PUT_BACK, post, by=by)
    refuse_impossible(post, now)
    at = moment_meant(post, now, meant)
    return make_live(post, Action.PUT_BACK, by=by, at=at, note=note, now=now)
