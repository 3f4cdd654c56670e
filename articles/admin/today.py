"""Today, the start page of the desk: short lists of what waits for an editor."""

import datetime as dt

from django.conf import settings
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from ..desk.post import Post
from ..desk.second_reader_rule import ANSWERS
from ..desk.transition import Transition

MAX_POSTS = 8  # in each list

OLDEST_STEP = dt.timedelta(days=60)
"""What has waited for longer is left out."""


def unanswered_steps(action, answers, *, now, **condition):
    """Recent steps with their posts, newest first, that none of `answers` followed."""
    later = Transition.objects.filter(
        post=OuterRef("post"), pk__gt=OuterRef("pk"), action__in=list(answers)
    )
    steps = Transition.objects.filter(action=action, at__gt=now - OLDEST_STEP, **condition)
    return steps.exclude(Exists(later)).select_related("post__section")[:MAX_POSTS]


def desk_lists(user):
    """The lists, {title, posts, empty}: at most eight posts each, and one query for each list."""
    if not user.has_perm("articles.view_post"):
        return []
    now = timezone.now()
    held = unanswered_steps(Transition.Action.HOLD, Transition.Action, now=now)
    for step in held:
        step.post.note = step.note
    to_reread = []
    if settings.SECOND_READER:
        known = {"to_status__in": [Post.Status.PUBLISHED, Post.Status.WITHDRAWN]}
        to_reread = unanswered_steps(Transition.Action.SEND_TO_REVIEW, ANSWERS, now=now, **known)
    exceptional = [
        {"title": _("Held back: was scheduled"), "posts": [step.post for step in held]},
        {"title": _("Changes waiting for review"), "posts": [step.post for step in to_reread]},
    ]
    posts = Post.objects.select_related("section")
    drafts = posts.filter(status=Post.Status.DRAFT, created_by=user)
    scheduled = posts.filter(editions__live_from__gt=now).annotate(due_at=F("editions__live_from"))
    return [
        *(each for each in exceptional if each["posts"]),
        {
            "title": _("Waiting for review"),
            "posts": posts.awaiting_review().newest_first()[:MAX_POSTS],
            "empty": _("Nothing is waiting."),
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
