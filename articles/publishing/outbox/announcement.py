"""Announcements: what the hub has been told of the feeds."""

from django.db import models

from ..urls import feed_addresses


class Announcement(models.Model):
    """One list's feeds, as they were when last looked at, and whether the hub knows it."""

    name = models.CharField(max_length=20, help_text="The name of the feed's address.")
    slug = models.CharField(max_length=120, blank=True)
    stories = models.CharField(
        max_length=64, blank=True, help_text="A fingerprint of the editions on the first page."
    )
    due = models.BooleanField(default=False, help_text="The hub has not been told of them yet.")
    tries = models.PositiveIntegerField(default=0)
    noticed_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # What the hub is to be told; what failed before waits behind the rest.
            models.Index(
                fields=["tries", "id"],
                name="announcement_due",
                condition=models.Q(due=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["name", "slug"], name="announcement_once"),
        ]

    def __str__(self):
        return f"{self.name} {self.slug}".strip()

    def paths(self):
        """The paths of the feeds, one for each format."""
        return feed_addresses(self.name, *([self.slug] if self.slug else []))
