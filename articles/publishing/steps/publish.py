"""Publishing: from the desk to the site, now."""

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
def publish(
    post: Post,
    *,
    by: User | None,
    note: str = "",
    now: dt.datetime | None = None,
    meant: str | None = None,
) -> Edition:
    """Freeze the post as it stands and show it to readers from now on.

    Replaces what was scheduled before. `meant` says what is meant by a “posted on” that is later
    (`posted_on.Meant`): perhaps to schedule it. Raises PermissionDenied, Refusal, PostedLater when
    `meant` is needed, or NotReady with a list of what is missing; then nothing has changed.
    """
    post = lock_post(post)
    return publish_locked(post, by=by, note=note, now=step_moment(post, now), meant=meant)


def publish_locked(
    post: Post, *, by: User | None, now: dt.datetime, note: str = "", meant: str | None = None
) -> Edition:
    """The same of a post that is locked, at the moment of its step."""
    refuse_unless_allowed(Action.PUBLISH, post, by=by)
    refuse_impossible(post, now)
    at = moment_meant(post, now, meant)
    action = Action.SCHEDULE if at > now else Action.PUBLISH
    return make_live(post, action, by=by, at=at, note=note, now=now)
