"""Scheduling: from the desk to the site at a moment to come. Nothing has to run then."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.post import Post
from ...desk.transition import Transition
from ...desk.workflow import Refusal, refuse_unless_allowed
from ..dates import next_whole_second
from ..editions.edition import Edition
from .intervals import step_moment
from .make_live import make_live, refuse_impossible
from .posted_on import moment_meant
from .step import lock_post

Action = Transition.Action


@transaction.atomic
def schedule(
    post: Post,
    *,
    by: User | None,
    at: dt.datetime,
    note: str = "",
    now: dt.datetime | None = None,
    meant: str | None = None,
) -> Edition:
    """Freeze the post as it stands and show it to readers from a moment on.

    Replaces what was scheduled before. `meant` and what it raises are as for `publish`; Refusal for
    a moment that has passed. A moment that is now publishes it.
    """
    post = lock_post(post)
    asked_at = now or timezone.now()
    now = step_moment(post, asked_at)
    at = now if at == asked_at else at
    return schedule_locked(post, by=by, at=at, note=note, now=now, meant=meant)


def schedule_locked(
    post: Post,
    *,
    by: User | None,
    at: dt.datetime,
    now: dt.datetime,
    note: str = "",
    meant: str | None = None,
) -> Edition:
    """The same of a post that is locked, at the moment of its step."""
    at = next_whole_second(at) if at > now else at
    refuse_unless_allowed(Action.SCHEDULE if at > now else Action.PUBLISH, post, by=by)
    refuse_impossible(post, at)
    if at < now:
        raise Refusal(_("That moment has passed. Choose one to come, or publish now."))
    at = moment_meant(post, at, meant)
    action = Action.SCHEDULE if at > now else Action.PUBLISH
    return make_live(post, action, by=by, at=at, note=note, now=now)
