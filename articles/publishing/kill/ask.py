"""Asking for a kill: the story leaves the site at once, and a second person decides."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from ...desk.post import Post
from ...desk.transition import Transition
from ...desk.workflow import Refusal, refuse_unless_allowed
from ..endings.tombstone import said_there, say_again, set_tombstone
from ..steps.intervals import end, remove_pending, status_without_pending, step_moment
from ..steps.step import finish_step, lock_post
from .kill_request import KillRequest, open_request


@transaction.atomic
def ask_kill(
    post: Post,
    *,
    by: User,
    reason: str,
    words: str,
    headline: str = "",
    with_pictures: bool = False,
    now: dt.datetime | None = None,
) -> KillRequest:
    """Take a story off the site now, and ask for it to be killed; nothing else can be done with it
    until a second person has answered.

    `words` are what readers are told at its addresses, under `headline`. Raises PermissionDenied
    and Refusal, and then nothing has changed.
    """
    post = lock_post(post)
    now = step_moment(post, now)
    refuse_unless_allowed(Transition.Action.ASK_KILL, post, by=by, note=reason)
    if not words.strip():
        raise Refusal(_("Say what readers are to be told at the story's address."))
    was_published = post.status == Post.Status.PUBLISHED
    latest = remove_pending(post, now=now)
    if live := post.editions.live(now).first():
        end(live, at=now)
        latest = live
    status_before = status_without_pending(latest, now=now) if was_published else post.status
    before = said_there(post)
    set_tombstone(post, by=by, now=now, words=words, headline=headline)
    request = KillRequest.objects.create(
        post=post,
        by=by,
        at=now,
        reason=reason.strip(),
        words=words.strip(),
        headline=headline.strip(),
        with_pictures=with_pictures,
        status_before=status_before,
        tombstone_before=before,
    )
    finish_step(
        Transition.Action.ASK_KILL,
        post,
        status=Post.Status.KILL_ASKED,
        by=by,
        note=reason,
        now=now,
    )
    return request


@transaction.atomic
def decline_kill(post: Post, *, by: User, note: str, now: dt.datetime | None = None) -> None:
    """Do not kill a story after all: it stays off the site, and may be put back like any other
    that was withdrawn; what a withdrawal told readers there stands again. Whoever asked may take
    the request back in this way."""
    post = lock_post(post)
    now = step_moment(post, now)
    refuse_unless_allowed(Transition.Action.DECLINE_KILL, post, by=by, note=note)
    request = answered(post, by=by, now=now)
    say_again(post, request.tombstone_before, by=by, now=now)
    finish_step(
        Transition.Action.DECLINE_KILL,
        post,
        status=Post.Status(request.status_before),
        by=by,
        note=note,
        now=now,
    )


def answered(post: Post, *, by: User, now: dt.datetime) -> KillRequest:
    """The request about a locked post, answered by somebody now."""
    request = open_request(post)
    if request is None:
        raise Refusal(_("Nobody asks for this story to be killed any more."))
    request.answered_by, request.answered_at = by, now
    request.save(update_fields=["answered_by", "answered_at"])
    return request
