"""What waits for an editor: the short lists of the start page."""

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from ..desk.post import Post

MOST = 8


def desk_lists(user, now=None):
    """The start page's lists: title, posts (at most eight), words when empty. A query each."""
    if not user.has_perm("articles.view_post"):
        return []
    now = now or timezone.now()
    posts = Post.objects.select_related("section")
    drafts = posts.filter(status=Post.Status.DRAFT, created_by=user)
    scheduled = posts.filter(editions__live_from__gt=now).annotate(due_at=F("editions__live_from"))
    return [
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
