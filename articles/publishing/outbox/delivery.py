"""Deliveries: the rows of the outbox."""

from django.db import models


class Delivery(models.Model):
    """Surrogate keys to send to one destination at `due_at` or later.

    It is stored in the transaction of the change, so that none is lost while a destination is
    down.
    """

    destination = models.CharField(
        max_length=200,
        db_column="cache",
        help_text="As NEWSROOM_PURGE names it, or “websub” for the hub.",
    )
    keys = models.TextField(help_text="Separated by spaces.")
    due_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0, db_default=0, help_text="How many failed.")
    retry_at = models.DateTimeField(null=True, help_text="Not to be sent again before this.")

    class Meta:
        # The previous release uses this name, and may still write rows while this one starts.
        db_table = "articles_purge"
        indexes = [
            # What a destination is to be told now.
            models.Index(fields=["destination", "due_at"], name="purge_due"),
        ]

    def __str__(self) -> str:
        return f"{self.destination}: {self.keys}"
