"""Requests to kill: what one person asks for and a second one answers."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...desk.accounts.second_person import refusal_of_one_hand
from ...desk.post import Post
from ...library.fields import LineField, WordsField


class KillRequest(models.Model):
    """That somebody wants a story killed, what readers are to be told, and how it was answered."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="kill_requests")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who asks"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("asked"))
    reason = WordsField(_("reason"))
    words = WordsField(_("what readers are told"))
    headline = LineField(_("headline of the page"), max_length=200, blank=True)
    with_pictures = models.BooleanField(_("remove its pictures"), default=False)
    status_before = models.CharField(max_length=12, choices=Post.Status)
    tombstone_before = models.JSONField(
        null=True,
        help_text="What stood at its addresses: {headline, words, replacement}, a uuid or None.",
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who answered"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            # Of two people who ask at once the second finds that it is asked for.
            models.UniqueConstraint(
                fields=["post"], condition=Q(answered_at=None), name="kill_request_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.at:%Y-%m-%d %H:%M}"


def refusal_to_confirm(request: KillRequest, by: User, *, now: dt.datetime) -> str:
    """Why somebody is not the second person that a kill takes, or ""."""
    if request.by_id == by.pk:
        return gettext("You asked for this yourself: somebody else has to confirm it.")
    if said := refusal_of_one_hand(by, request.by, now=now):
        return said + " " + gettext("Somebody else has to confirm the kill.")
    return ""


def open_request(post: Post) -> KillRequest | None:
    """The request about a story that waits for an answer."""
    return KillRequest.objects.filter(post=post, answered_at=None).select_related("by").first()
