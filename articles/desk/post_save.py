"""The log of saves: who wrote which version of a post, for the second reader."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from ..library.append_only import AppendOnly
from .post import Post
from .transition import Transition


class PostSave(AppendOnly):
    """Who saved one version of a post; nobody if a command did."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="saves")
    version = models.PositiveIntegerField(_("version of the desk copy"))
    # PROTECT: a version without a writer counts as a command's, which needs no second reader.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["version"]
        verbose_name = _("save of a story")
        verbose_name_plural = _("saves of stories")
        constraints = [
            # The second reader: who saved since the last approval.
            models.UniqueConstraint(fields=["post", "version"], name="post_save_once"),
        ]

    def __str__(self) -> str:
        return f"{self.post}, {self.version}"


def log_save(post: Post, before: Post) -> None:
    """Log who made the version that a post (not stored yet) now has, and the one before it.

    Of a run of versions that one person saved, without a step between them, the first is enough:
    the page saves every few seconds.
    """
    if _is_in_run(post, before):
        return
    saves = [
        PostSave(post_id=post.pk, version=row.version, by_id=row.saved_by_id, at=row.saved_at)
        for row in (post, before)
        if row is post or row.saved_by_id
    ]
    PostSave.objects.bulk_create(saves, ignore_conflicts=True)


def _is_in_run(post: Post, before: Post) -> bool:
    """Whether the log says already who makes this version, by a save since the last step."""
    if post.saved_by_id is None or post.saved_by_id != before.saved_by_id:
        return False
    steps = Transition.objects.filter(post=post, version__gte=OuterRef("version"))
    last = PostSave.objects.filter(post=post).annotate(is_read=Exists(steps)).order_by("-version")
    newest = last.values_list("by", "is_read").first()
    return newest == (post.saved_by_id, False)
