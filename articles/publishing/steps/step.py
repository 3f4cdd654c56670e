"""What every step of publishing does first and last: lock the post; save, invalidate and log."""

import datetime as dt

from django.contrib.auth.models import User

from ...desk.post import Post
from ...desk.transition import Transition
from ...desk.workflow import log
from ..invalidation.affected_keys import keys_of_story
from ..invalidation.invalidate import invalidate


def lock_post(post: Post) -> Post:
    """The post as it is stored now, locked until the transaction ends.

    If two editors press a button at the same time, the second waits for this lock, and then gets
    the next edition number or a refusal. Read the clock only after locking.
    """
    return Post.objects.select_for_update(of=("self",)).select_related("section").get(pk=post.pk)


def finish_step(
    action: Transition.Action,
    post: Post,
    *,
    status: Post.Status,
    by: User | None,
    now: dt.datetime,
    at: dt.datetime | None = None,
    due_at: dt.datetime | None = None,
    note: str = "",
    pictures: dict | None = None,
) -> None:
    """Invalidate the pages that a step affects, save the post, which is locked, and log it.

    `at` is the moment at which it takes effect for readers, if not now; the log repeats it, or
    names another moment as `due_at`.
    """
    at = at or now
    is_later = at > now
    # An edition may have ended at the beginning of this very second, so `at` may be before now.
    keys = keys_of_story(post, now=min(at, now))
    invalidate(keys, [at] if is_later else [], visible_now=not is_later)
    from_status, post.status = post.status, status
    post.save()
    log(
        action,
        post,
        from_status=from_status,
        by=by,
        note=note,
        now=now,
        due_at=at if is_later else due_at,
        pictures=pictures,
    )
