"""The dashboard: short lists of what waits for an editor."""

import datetime as dt

from django.conf import settings
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from ..desk.post import Post
from ..desk.second_reader import ANSWERS
from ..desk.transition import Transition

MAX_POSTS = 8
"""In each list."""

OLDEST_STEP = dt.timedelta(days=60)
"""What waits for longer is left out of the start page."""


def held_back_list(now):
    """The list of what was scheduled and then held, until somebody takes a step; [] when empty."""
    lines = unanswered_steps(Transition.Action.HOLD, Transition.Action, now=now)
    for line in lines:
        line.post.note = line.note
    posts = [line.post for line in lines]
    return [{"title": _("Held back: was scheduled"), "posts": posts}] if posts else []


def changes_to_review_list(now):
    """The list of published stories whose changes wait for a second reader; [] when empty."""
    if not settings.SECOND_READER:
        return []
    lines = unanswered_steps(
        Transition.Action.SEND_TO_REVIEW,
        ANSWERS,
        now=now,
        to_status__in=[Post.Status.PUBLISHED, Post.Status.WITHDRAWN],
    )
    posts = [line.post for line in lines]
    return [{"title": _("Changes waiting for review"), "posts": posts}] if posts else []


def unanswered_steps(action, answers, *, now, **condition):
    """Recent steps with their posts, newest first, that none of `answers` followed."""
    later = Transition.objects.filter(
        post=OuterRef("post"), pk__gt=OuterRef("pk"), action__in=list(answers)
    )
    steps = Transition.objects.filter(action=action, at__gt=now - OLDEST_STEP, **condition)
    return steps.exclude(Exists(later)).select_related("post__section")[:MAX_POSTS]


def desk_lists(user, now=None):
    """The lists of the dashboard, {title, posts, empty}: at most eight posts each, in one query."""
    if not user.has_perm("articles.view_post"):
        return []
    now = now or timezone.now()
    posts = Post.objects.select_related("section")
    drafts = posts.filter(status=Post.Status.DRAFT, created_by=user)
    scheduled = posts.filter(editions__live_from__gt=now).annotate(due_at=F("editions__live_from"))
    return [
        *held_back_list(now),
        *changes_to_review_list(now),
        {
            "title": _("Waiting for review"),
            "posts": posts.awaiting_review().newest_first()[:MAX_POSTS],
            "empty": _("Nothing waits."),
        },
        {
            "title": _("My drafts"),
            "posts": drafts.newest_first()[:MAX_POSTS],
            "empty": _("You have no drafts."),
        },
        {
            "title": _("Scheduled"),
            "posts": scheduled.order_by("due_at", "pk")[:MAX_POSTS],
            "empty": _("Nothing is scheduled."),
        },
    ]
