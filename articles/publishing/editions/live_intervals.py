"""Being live: the one place that says what readers can see."""

from django.db import models
from django.utils import timezone


class IntervalQuerySet(models.QuerySet):
    """Rows that are live from one moment until another."""

    def live(self, at=None):
        """What readers see at a moment (now, unless told otherwise)."""
        at = at or timezone.now()
        return self.filter(live_from__lte=at, live_until__gt=at)

    def newest_first(self):
        """The order of every list; the post's number breaks ties."""
        return self.order_by("-published_at", "-post_id")
