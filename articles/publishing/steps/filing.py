"""Filing: the section and the topics of a story, given from outside the writing screen."""

import datetime as dt
from copy import copy

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.optimistic_lock import next_version
from ...desk.planning.change_plan import change_plan
from ...desk.post import Post
from ...desk.search.index import index_posts
from ...desk.workflow import may_change, refuse_foreign_section
from ...library.section import Section
from ...library.topic import Topic
from .checkpoint import Reason, keep, keep_replaced
from .step import lock_post


@transaction.atomic
def put_into_section(
    post: Post, section: Section, *, by: User, now: dt.datetime | None = None
) -> bool:
    """Move a story to a section, as a save of the writing screen would; returns whether it was in
    another. Raises PermissionDenied."""
    post = lock_post(post)
    if post.section_id == section.pk:
        return False
    refuse_foreign_section(post, section, by=by)
    if post.status == Post.Status.PLANNED:
        change_plan(post, {"section": section}, by=by, now=now)
        return True
    now = _begin_version(post, by=by, now=now)
    post.section = section
    _finish_version(post, now)
    return True


@transaction.atomic
def add_topic(post: Post, topic: Topic, *, by: User, now: dt.datetime | None = None) -> bool:
    """Give a story a topic, in the same way; returns whether it had it not. Raises
    PermissionDenied."""
    post = lock_post(post)
    if post.post_topics.filter(tag=topic).exists():
        return False
    now = _begin_version(post, by=by, now=now)
    post.post_topics.create(tag=topic)
    _finish_version(post, now)
    return True


def _begin_version(post: Post, *, by: User, now: dt.datetime | None) -> dt.datetime:
    if not may_change(post, by):
        raise PermissionDenied(
            _("This story is “%s”, so you cannot change it.") % post.get_status_display()
        )
    now = now or timezone.now()
    keep_replaced(post, now=now)
    next_version(post, copy(post), by=by, now=now)
    return now


def _finish_version(post: Post, now: dt.datetime) -> None:
    post.save()
    index_posts([post.pk])
    keep(post, now=now, reason=Reason.SAVED)
