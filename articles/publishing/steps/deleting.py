"""Deleting a story: only while nothing was done with it that the log must be able to tell."""

from django.db.models import Exists
from django.utils.translation import gettext as _

from ...desk.post import Post


def deletion_refusal(post: Post) -> str:
    """Why a story is kept whoever wants to delete it, or ""."""
    asked = (post.transitions.all(), post.editions.all(), post.editions.live())
    rows = Post.objects.filter(pk=post.pk).values_list(*map(Exists, asked))
    has_log, has_editions, is_live = rows.first() or (False, False, False)
    if is_live:
        said = _("“%s” has a history, so it is kept. Withdraw it to take it off the site.")
    elif has_log or has_editions:
        said = _("“%s” has a history, so it is kept. Readers do not see it.")
    else:
        return ""
    return said % post
