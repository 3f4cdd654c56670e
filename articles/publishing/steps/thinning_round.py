"""Thinning out as time passes: a story that nobody touches any more loses its superfluous
revisions too."""

import datetime as dt

from django.db.models import Count

from ...desk.post import Post
from .checkpoint import Checkpoint, thin

MOST = 200
"""Stories that are looked at in a minute: a round over a million takes three and a half days."""


def thin_some(after: int, *, now: dt.datetime) -> tuple[int, int]:
    """Thin out the next stories, by primary key. Returns how many revisions went, and the last of
    these stories; 0 at the end of the round."""
    several = Checkpoint.objects.filter(post_id__gt=after).order_by("post_id").values("post_id")
    several = several.annotate(kept=Count("pk")).filter(kept__gt=1)
    keys = list(several.values_list("post_id", flat=True)[:MOST])
    removed = sum(thin(Post(pk=key), now=now) for key in keys)
    return removed, keys[-1] if len(keys) == MOST else 0
