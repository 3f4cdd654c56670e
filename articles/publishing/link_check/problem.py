"""Links of live stories that lead readers to a page of ours that is gone, and their embeds of what
another site has no more."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ...desk.post import Post


class LinkProblem(models.Model):
    """A link in a story as readers see it, whose end is withdrawn or was never there.

    A related link has a `target` and no address: it follows its story. A link in the text has an
    `address`, as it stands there, and a `target` too if that story was once at the address.
    """

    class Kind(models.TextChoices):
        WITHDRAWN = "withdrawn", _("leads to a withdrawn story")
        MISSING = "missing", _("leads to no page")
        EMBED = "embed", _("shows nothing any more")

    post = models.ForeignKey(
        Post, on_delete=models.CASCADE, related_name="link_problems", db_index=False
    )
    kind = models.CharField(_("what is wrong"), max_length=10, choices=Kind)
    address = models.CharField(_("address"), max_length=500, blank=True)
    target = models.ForeignKey(Post, null=True, on_delete=models.CASCADE, related_name="+")
    found_at = models.DateTimeField(_("found"))

    class Meta:
        verbose_name = _("dead link")
        verbose_name_plural = _("dead links")
        default_permissions = ()
        indexes = [
            # Today, newest first.
            models.Index(fields=["-found_at", "-id"], name="link_problem_newest"),
        ]
        constraints = [
            # A story's own, compared with what the next check finds; each once.
            models.UniqueConstraint(
                fields=["post", "address"], condition=~Q(address=""), name="link_problem_address"
            ),
            models.UniqueConstraint(
                fields=["post", "target"], condition=Q(address=""), name="link_problem_target"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.address or self.target_id}"


def link_problems() -> models.QuerySet[LinkProblem]:
    """Every dead link of a live story, the newest first, with both stories."""
    return LinkProblem.objects.select_related("post", "target").order_by("-found_at", "-pk")
