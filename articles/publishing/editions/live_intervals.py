"""Live intervals: the one place that says what readers can see."""

import datetime as dt
from typing import Self

from django.db import models
from django.utils import timezone


class IntervalQuerySet(models.QuerySet):
    """Rows that are live from one moment until another."""

    def live(self, at: dt.datetime | None = None) -> Self:
        """What readers see at a moment (now by default)."""
        at = at or timezone.now()
        return self.filter(live_from__lte=at, live_until__gt=at)

    def newest_first(self) -> Self:
        """The order of every list; the post's primary key breaks ties."""
        return self.order_by("-published_at", "-post_id")
