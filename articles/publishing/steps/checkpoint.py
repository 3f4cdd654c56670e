"""Checkpoints: desk copies that were replaced, kept so that nobody's words are lost."""

import datetime as dt

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...desk.post import Post
from ...library.append_only import AppendOnly
from ..editions.document import compose
from ..editions.edition import Edition


class Checkpoint(AppendOnly):
    """A desk copy that another one replaced, kept whole."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="checkpoints")
    version = models.PositiveIntegerField(_("version of the desk copy"))
    document = models.JSONField(encoder=DjangoJSONEncoder)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField(_("saved"))
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("kept desk copy")
        verbose_name_plural = _("kept desk copies")
        constraints = [
            # The history of a story lists them in this order.
            models.UniqueConstraint(fields=["post", "version"], name="checkpoint_once"),
        ]

    def __str__(self) -> str:
        return f"{self.post}, {self.version}"


def keep_edition(post: Post, edition: Edition, *, now: dt.datetime) -> None:
    """Keep the words of an edition that is about to be removed, unless they are kept already."""
    others = post.editions.exclude(pk=edition.pk)
    if edition.version == post.version or others.filter(version=edition.version).exists():
        return
    Checkpoint.objects.get_or_create(
        post=post,
        version=edition.version,
        defaults={
            "document": edition.document,
            "saved_by": edition.made_by,
            "saved_at": edition.made_at,
            "made_at": now,
        },
    )


def keep(post: Post, *, now: dt.datetime | None = None) -> None:
    """Keep the desk copy of a post as it is stored, unless an edition or a checkpoint has it.

    Call it in the transaction that replaces the words, before anything is written.
    """
    stored = Post.objects.select_related("section").get(pk=post.pk)
    if stored.editions.filter(version=stored.version).exists():
        return
    Checkpoint.objects.get_or_create(
        post=stored,
        version=stored.version,
        defaults={
            "document": compose(stored),
            "saved_by": stored.saved_by,
            "saved_at": stored.saved_at,
            "made_at": now or timezone.now(),
        },
    )
