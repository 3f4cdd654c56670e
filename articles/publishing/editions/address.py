"""Addresses: the paths that stories have or once had."""

from django.db import models

from ...desk.post import Post
from ...library.naming.slugs import SlugField, make_slug


class Address(models.Model):
    """A day and a slug that belong to one story for ever, so that no link to it breaks."""

    posted_on = models.DateField()
    slug = SlugField(max_length=120, db_index=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="addresses")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["posted_on", "slug"], name="address_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.posted_on:%Y/%m/%d}/{self.slug}"


def slug_of(post: Post) -> str:
    """The post's slug, or one made from its headline; its primary key where that has no words."""
    return post.slug or make_slug(post.headline) or str(post.pk)
