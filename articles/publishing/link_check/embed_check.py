"""Whether what the embeds of stories show is still there, by what their sites said last."""

from django.db import models

from ...desk.post import Post


class EmbedCheck(models.Model):
    """When the embed at an address was last asked for, for a story, and since when there has been
    nothing."""

    post = models.ForeignKey(
        Post, on_delete=models.CASCADE, related_name="embed_checks", db_index=False
    )
    address = models.CharField(max_length=500)
    checked_at = models.DateTimeField()
    gone_since = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            # A story's own, when it is checked or written; each once.
            models.UniqueConstraint(fields=["post", "address"], name="embed_check_once"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.address}"
