"""Tombstones: what stands at the addresses of a story that is not on the site any more."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext_lazy as _

from ...desk.post import Post
from ...library.fields import LineField, WordsField


class Tombstone(models.Model):
    """What readers are told at the addresses of a withdrawn or killed story, or the story that they
    are led to in its place.

    It counts only while its story is not live.
    """

    post = models.OneToOneField(
        Post, primary_key=True, on_delete=models.CASCADE, related_name="tombstone"
    )
    headline = LineField(_("headline"), max_length=200, blank=True)
    words = WordsField(_("what readers are told"), blank=True)
    replacement = models.ForeignKey(
        Post,
        verbose_name=_("story in its place"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stands_in_for",
    )
    killed = models.BooleanField(default=False, db_default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("when"))

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="tombstone_leads_elsewhere",
                condition=models.Q(replacement__isnull=True)
                | ~models.Q(replacement=models.F("post")),
                violation_error_message=_("A story cannot take its own place."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.words:.40}"


# A dump names its story by the natural key; Django would leave out what is the primary key.
Tombstone._meta.get_field("post").serialize = True  # type: ignore[attr-defined]


def set_tombstone(
    post: Post,
    *,
    by: User | None,
    now: dt.datetime,
    words: str = "",
    headline: str = "",
    replacement: Post | None = None,
    killed: bool = False,
) -> None:
    """Have this, and nothing else, stand at the addresses of a story once it is not live.

    What led readers to it leads them to its own replacement.
    """
    Tombstone.objects.filter(post=post).delete()
    if killed or words or headline or replacement:
        Tombstone.objects.create(
            post=post,
            words=words.strip(),
            headline=headline.strip(),
            replacement=replacement,
            killed=killed,
            made_by=by,
            made_at=now,
        )
    led_here = Tombstone.objects.filter(replacement=post)
    if replacement:
        led_here.exclude(post=replacement).update(replacement=replacement)
    led_here.update(replacement=None)


def said_there(post: Post) -> dict[str, Any] | None:
    """What stands at the addresses of a story, as plain data for `say_again`."""
    found = Tombstone.objects.filter(post=post).select_related("replacement").first()
    if found is None:
        return None
    instead = str(found.replacement.uuid) if found.replacement else None
    return {"headline": found.headline, "words": found.words, "replacement": instead}


def say_again(
    post: Post, said: dict[str, Any] | None, *, by: User | None, now: dt.datetime
) -> None:
    """Have what stood at the addresses of a story stand there again. It leads to the story in its
    place only while readers see that."""
    said = said or {}
    named = said.get("replacement")
    instead = Post.objects.filter(uuid=named).exclude(pk=post.pk).first() if named else None
    if instead and not instead.editions.live(now).exists():
        instead = None
    words, headline = said.get("words", ""), said.get("headline", "")
    set_tombstone(post, by=by, now=now, words=words, headline=headline, replacement=instead)


def remove_tombstone(post: Post) -> None:
    """A story is to be on the site again."""
    Tombstone.objects.filter(post=post).delete()
