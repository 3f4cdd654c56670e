"""Saving without losing anybody's words: a save names the version it started from."""

from django.utils import timezone

from .post import Post
from .post_save import note_save


class Stale(Exception):
    """Somebody else saved the post after this save's starting point."""

    def __init__(self, post):
        self.post = post
        super().__init__(f"{post} was saved by {post.saved_by} at {post.saved_at}.")


def refuse_if_stale(post, *, started_from, by):
    """The post as it is stored, locked; or Stale with it, when a colleague saved in between.

    Call it in the transaction of the save, before anything is written. `started_from` is the
    version (a number) that the person saw. One's own earlier save is no conflict.
    """
    current = (
        Post.objects.select_for_update(of=("self",)).select_related("saved_by").get(pk=post.pk)
    )
    own = current.saved_by_id == by.pk
    theirs = current.others_version if own else current.version
    if not theirs <= started_from <= current.version:
        raise Stale(current)
    return current


def claim_save(post, *, started_from, by, now=None):
    """Count a save of this post, or raise Stale with the post as somebody else saved it.

    Call it in the transaction of the save, before anything is written: the row stays locked until
    then. Returns the new version.
    """
    current = refuse_if_stale(post, started_from=started_from, by=by)
    own = current.saved_by_id == by.pk
    post.others_version = current.others_version if own else current.version
    post.version = current.version + 1
    post.saved_by, post.saved_at = by, now or timezone.now()
    # What the workflow did meanwhile is not the form's to undo.
    post.status, post.published_version = current.status, current.published_version
    note_save(post, current)
    return post.version
