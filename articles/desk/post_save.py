"""Who saved which version of a post: what an approval is asked about."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..library.append_only import AppendOnly
from .post import Post


class PostSave(AppendOnly):
    """One version of a post's words, and who made it; nobody (a command) or somebody."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="saves")
    version = models.PositiveIntegerField(_("version of the desk copy"))
    # A person whose words need a second reader cannot be forgotten.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["version"]
        verbose_name = _("save of a post")
        verbose_name_plural = _("saves of posts")
        constraints = [
            # Whoever publishes: who saved since the last approval.
            models.UniqueConstraint(fields=["post", "version"], name="post_save_once"),
        ]

    def __str__(self):
        return f"{self.post}, {self.version}"


def note_save(post: Post, before: Post) -> None:
    """Note who made the version that a post (not stored yet) now has, and the one before it."""
    made = [_saved(post)]
    if before.saved_by_id:
        made.append(_saved(before))
    PostSave.objects.bulk_create(made, ignore_conflicts=True)


def _saved(post):
    return PostSave(post_id=post.pk, version=post.version, by_id=post.saved_by_id, at=post.saved_at)
