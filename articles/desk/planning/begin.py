"""Beginning a planned story: the plan becomes the draft of whoever is to write it. One that was
begun by mistake is made a plan again."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction

from ...library.author import Author
from ..clock import step_time
from ..post import Post
from ..search.index import index_posts
from ..steps_table import STEPS
from ..transition import Transition
from ..workflow import log, refuse_unless_allowed
from .rules import plan_of, writer_of

Action = Transition.Action


@transaction.atomic
def begin_draft(post: Post, *, by: User, note: str = "", now: dt.datetime | None = None) -> Post:
    """Make a planned story the draft of the person it is assigned to, or else of who begins it.

    Raises PermissionDenied or Refusal, and then nothing has changed.
    """
    post = Post.objects.select_for_update().get(pk=post.pk)
    refuse_unless_allowed(Action.BEGIN, post, by=by, note=note)
    now = step_time(post, now)
    owner = writer_of(plan_of(post)) or by
    from_status, post.status = post.status, STEPS[Action.BEGIN].status_after(post)
    # Who planned the story wrote none of its words, which the second reader is asked about.
    post.created_by = post.saved_by = owner
    post.saved_at = now
    post.save(update_fields=["status", "created_by", "saved_by", "saved_at"])
    name_writer(post, owner)
    log(Action.BEGIN, post, from_status=from_status, by=by, note=note, now=now)
    return post


@transaction.atomic
def back_to_plan(post: Post, *, by: User, note: str = "", now: dt.datetime | None = None) -> Post:
    """Make a draft in which nothing is written a plan again. Raises PermissionDenied or Refusal."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    refuse_unless_allowed(Action.BACK_TO_PLAN, post, by=by, note=note)
    now = step_time(post, now)
    from_status, post.status = post.status, STEPS[Action.BACK_TO_PLAN].status_after(post)
    post.saved_by, post.saved_at = by, now
    post.save(update_fields=["status", "saved_by", "saved_at"])
    log(Action.BACK_TO_PLAN, post, from_status=from_status, by=by, note=note, now=now)
    return post


def name_writer(post: Post, owner: User) -> None:
    """Put whoever is to write a story into its byline, if they are an author and none is named."""
    author = Author.objects.filter(user=owner).first()
    if author and not post.byline and not post.post_authors.exists():
        post.post_authors.create(author=author)
        index_posts([post.pk])
