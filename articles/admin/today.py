"""What waits for an editor: the short lists of the start page."""

import datetime as dt

from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from ..desk.post import Post
from ..desk.transition import Transition

MOST = 8

HELD_LATELY = dt.timedelta(days=60)
"""What was held back longer ago is not worth saying on the start page."""


def held_back(now):
    """A list of what was scheduled and held back, until somebody takes a step; else no list."""
    later = Transition.objects.filter(post=OuterRef("post"), pk__gt=OuterRef("pk"))
    held = Transition.objects.filter(action=Transition.Action.HOLD, at__gt=now - HELD_LATELY)
    lines = held.exclude(Exists(later)).select_related("post__section")[:MOST]
    for line in lines:
        line.post.note = line.note
    posts = [line.post for line in lines]
    return [{"title": _("Held back: was scheduled"), "posts": posts}] if posts else []


def desk_lists(user, now=None):
    """The start page's lists: title, posts (at most eight), words when empty. A query each."""
    if not user.has_perm("articles.view_post"):
        return []
    now = now or timezone.now()
    posts = Post.objects.select_related("section")
    drafts = posts.filter(status=Post.Status.DRAFT, created_by=user)
    scheduled = posts.filter(editions__live_from__gt=now).annotate(due_at=F("editions__live_from"))
    return [
        *held_back(now),
        {
            "title": _("Waiting for review"),
            "posts": posts.awaiting_review().newest_first()[:MOST],
            "empty": _("Nothing waits."),
        },
        {
            "title": _("My drafts"),
            "posts": drafts.newest_first()[:MOST],
            "empty": _("You have no drafts."),
        },
        {
            "title": _("Scheduled"),
            "posts": scheduled.order_by("due_at", "pk")[:MOST],
            "empty": _("Nothing is scheduled."),
        },
    ]
