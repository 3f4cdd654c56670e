"""Addresses: where stories were ever to be found."""

from django.db import models

from ...desk.post import Post
from ...library.naming.slugs import SlugField, make_slug


class Address(models.Model):
    """A day and a slug that belong to one story for ever, so that no link to it dies."""

    posted_on = models.DateField()
    slug = SlugField(max_length=120, db_index=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="addresses")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["posted_on", "slug"], name="address_unique"),
        ]

    def __str__(self):
        return f"{self.posted_on:%Y/%m/%d}/{self.slug}"


def slug_of(post):
    """The last part of the post's address: its own, or one made from its headline; the post's
    number where the headline has no words."""
    return post.slug or make_slug(post.headline) or str(post.pk)
