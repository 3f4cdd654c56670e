"""Presence: who has a story open on the writing screen, and in which block they are."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Count, Exists, F, FilteredRelation, Max, OuterRef, Q, Subquery

from ..notes.note import Note
from ..post import Post

SEEN_FOR = dt.timedelta(seconds=20)
"""How long after its last sign of life a page counts as open."""
SIGN_OF_LIFE = dt.timedelta(seconds=8)
"""How old the last sign may get before the next is stored."""
FORGOTTEN_AFTER = dt.timedelta(hours=1)


class Presence(models.Model):
    """One open page of one person."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    tab = models.CharField(max_length=40)
    block = models.CharField(max_length=40, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = "open page"
        constraints = [
            # A page's sign of life replaces its last one; who has a story open.
            models.UniqueConstraint(fields=["post", "user", "tab"], name="presence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.post}"


def who_is_here(post_key: int, now: dt.datetime) -> list[dict[str, Any]]:
    """[{version, status, section, newest_note, notes_done, user, tab, block, seen_at, first_name,
    last_name, username}], in one query.

    One row for each open page; one with nobody in it when there is none, and none without a post.
    """
    here = FilteredRelation("presences", condition=Q(presences__seen_at__gt=now - SEEN_FOR))
    notes = Note.objects.filter(post=OuterRef("pk")).order_by().values("post")
    rows = (
        Post.objects.filter(pk=post_key)
        .alias(here=here)
        .order_by()
        .values(
            "version",
            "status",
            "section",
            newest_note=Subquery(notes.values(newest=Max("pk"))),
            notes_done=Subquery(notes.values(done=Count("done_at"))),
            user=F("here__user"),
            tab=F("here__tab"),
            block=F("here__block"),
            seen_at=F("here__seen_at"),
            first_name=F("here__user__first_name"),
            last_name=F("here__user__last_name"),
            username=F("here__user__username"),
        )
    )
    return [dict(row) for row in rows]


def opened_since_step() -> Exists:
    """Whether a colleague has had the story of a step open since it was taken, as a condition. Of
    a story in review it is known as long as that lasts."""
    pages = Presence.objects.filter(post=OuterRef("post"), seen_at__gte=OuterRef("at"))
    return Exists(pages.exclude(user=OuterRef("by")))


def show_presence(
    rows: list[dict[str, Any]], post_key: int, user: User, tab: str, block: str, now: dt.datetime
) -> None:
    """Store that a page is open, unless the rows say so already."""
    mine = next((row for row in rows if (row["user"], row["tab"]) == (user.pk, tab)), None)
    if mine and mine["block"] == block and mine["seen_at"] > now - SIGN_OF_LIFE:
        return
    Presence.objects.bulk_create(
        [Presence(post_id=post_key, user=user, tab=tab, block=block, seen_at=now)],
        update_conflicts=True,
        unique_fields=["post", "user", "tab"],
        update_fields=["block", "seen_at"],
    )


def forget_closed_pages(*, now: dt.datetime) -> int:
    """Delete the rows of pages that were closed, but for those that say that a story in review was
    opened; returns how many."""
    closed = Presence.objects.filter(seen_at__lt=now - FORGOTTEN_AFTER)
    return closed.exclude(post__status=Post.Status.IN_REVIEW).delete()[0]
