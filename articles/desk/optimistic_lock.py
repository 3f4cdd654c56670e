"""Optimistic locking: a save names the version that it started from."""

import datetime as dt

from django.contrib.auth.models import User
from django.utils import timezone

from .post import Post
from .post_save import log_save


class Stale(Exception):
    """Somebody else saved the post after the version that this save started from."""

    def __init__(self, post: Post) -> None:
        self.post = post
        super().__init__(f"{post} was saved by {post.saved_by} at {post.saved_at}.")


def refuse_if_stale(post: Post, *, started_from: int, by: User) -> Post:
    """The post as stored, its row locked. Raises Stale with it when a colleague saved in between.

    Call it in the transaction of the save, before anything is written. `started_from` is the
    version that the person saw. One's own earlier save is no conflict.
    """
    current = (
        Post.objects.select_for_update(of=("self",)).select_related("saved_by").get(pk=post.pk)
    )
    if not _others_version(current, by) <= started_from <= current.version:
        raise Stale(current)
    return current


def claim_save(post: Post, *, started_from: int, by: User, now: dt.datetime | None = None) -> int:
    """Give the post its next version and return it, or raise Stale as `refuse_if_stale` does.

    Call it in the transaction of the save, before anything is written: the row stays locked until
    the transaction ends.
    """
    current = refuse_if_stale(post, started_from=started_from, by=by)
    # The form must not undo a workflow step taken meanwhile.
    post.status, post.published_version = current.status, current.published_version
    return next_version(post, current, by=by, now=now)


def next_version(post: Post, current: Post, *, by: User, now: dt.datetime | None = None) -> int:
    """Give the post, whose row is locked and stored as `current`, its next version; return it."""
    post.others_version = _others_version(current, by)
    post.version = current.version + 1
    post.saved_by, post.saved_at = by, now or timezone.now()
    log_save(post, current)
    return post.version


def _others_version(post: Post, by: User) -> int:
    """The last version that was saved by somebody other than this person."""
    return post.others_version if post.saved_by_id == by.pk else post.version
