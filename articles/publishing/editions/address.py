"""Addresses: the paths that stories have or once had."""

import datetime as dt

from django.db import models

from ...desk.post import Post
from ...library.naming.sealed import sealed
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


def sealed_slug(posted_on: dt.date, slug: str) -> str:
    """The slug in the place of one whose story was killed."""
    return sealed(f"{posted_on:%Y/%m/%d}/{slug}")


def slugs_at(posted_on: dt.date, slug: str) -> tuple[str, str]:
    """The slugs under which an address may be stored: its own, and that of a killed story."""
    return slug, sealed_slug(posted_on, slug)
