"""Purges: what caches in front of the site are still to forget."""

from django.db import models


class Purge(models.Model):
    """Some keys that one cache is to be told to forget, from a moment on.

    Stored in the transaction of the change itself, so that none is lost while a cache is away.
    """

    cache = models.CharField(max_length=200, help_text="As NEWSROOM_PURGE names it.")
    keys = models.TextField(help_text="With spaces between.")
    due_at = models.DateTimeField()

    class Meta:
        indexes = [
            # What a cache is to be told now.
            models.Index(fields=["cache", "due_at"], name="purge_due"),
        ]

    def __str__(self):
        return f"{self.cache}: {self.keys}"
