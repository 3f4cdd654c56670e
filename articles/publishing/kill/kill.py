"""Killing a story: the second person's step, after which its words are under seal."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from ...desk.post import Post
from ...desk.search.index import index_posts
from ...desk.transition import Transition
from ...desk.workflow import Refusal, log, refuse_unless_allowed
from ..editions.reader_notes import forget_change
from ..endings.tombstone import set_tombstone
from ..invalidation.invalidate import invalidate
from ..steps.intervals import step_moment
from ..steps.step import finish_step, lock_post
from .ask import answered
from .erase import erase
from .kill_request import refusal_to_confirm
from .sealed_story import SealedStory, pack

Action = Transition.Action


@transaction.atomic
def kill(post: Post, *, by: User, note: str = "", now: dt.datetime | None = None) -> SealedStory:
    """Take every word of a story off the site and the desk, as somebody else asked.

    All of it is gone when the transaction commits, and before that nothing is. Raises
    PermissionDenied, and Refusal for who asked, or may act by their account: it takes two.
    """
    post = lock_post(post)
    return kill_locked(post, by=by, note=note, now=step_moment(post, now))


def kill_locked(post: Post, *, by: User, now: dt.datetime, note: str = "") -> SealedStory:
    """The same of a post that is locked, at the moment of its step."""
    refuse_unless_allowed(Action.KILL, post, by=by)
    request = answered(post, by=by, now=now)
    if message := refusal_to_confirm(request, by, now=now):
        raise Refusal(message)
    contents = erase(post, with_pictures=request.with_pictures, now=now)
    sealed = SealedStory.objects.create(post=post, packed=pack(contents), sealed_at=now)
    set_tombstone(post, by=by, now=now, words=request.words, headline=request.headline, killed=True)
    editions = contents["rows"].get("articles.edition", ())
    post.removed_number = max([post.removed_number, *(each["number"] for each in editions)])
    forget_change(post)
    post.published_version, post.version = None, post.version + 1
    # Of its log only this is left: the reason, which whoever asked wrote for colleagues to read.
    why = "\n".join(filter(None, (note.strip(), request.reason)))
    # Not the story's own keys alone: any page may have said its words.
    invalidate()
    finish_step(Action.KILL, post, status=Post.Status.KILLED, by=by, note=why, now=now)
    index_posts([post.pk])
    return sealed


@transaction.atomic
def open_sealed(
    post: Post, *, by: User, reason: str, now: dt.datetime | None = None
) -> dict[str, Any]:
    """The words of a killed story, as `erase` returned them. Each opening is logged with its
    reason. Raises PermissionDenied and Refusal."""
    post = lock_post(post)
    refuse_unless_allowed(Action.OPEN_SEALED, post, by=by, note=reason)
    contents = SealedStory.objects.get(post=post).contents
    log(
        Action.OPEN_SEALED,
        post,
        from_status=post.status,
        by=by,
        now=step_moment(post, now),
        note=reason,
    )
    return contents
