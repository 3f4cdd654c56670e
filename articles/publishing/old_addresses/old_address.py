"""Old addresses: those that stories, topics and pictures had on another site."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ...desk.post import Post
from ...library.author import Author
from ...library.naming.old_paths import LONGEST
from ...library.natural_keys import NaturalKeyManager
from ...library.photo import Photo
from ...library.section import Section
from ...library.topic import Topic

THINGS = ("story", "topic", "author", "section", "picture")
"""What an old address may lead to, beside a path: each is a column."""


def _thing(model: type[models.Model], name: str) -> models.ForeignKey:
    return models.ForeignKey(
        model,
        verbose_name=_(name),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="old_addresses",
    )


def _leads_to(name: str) -> Q:
    others = {f"{other}__isnull": other != name for other in THINGS}
    return Q(**others) & (~Q(path="") if name == "path" else Q(path=""))


class OldAddress(models.Model):
    """An address of another site, and the thing that it leads to, wherever that is now.

    `key` is the address as `path_key` gives it. With `to_feed` it leads to the thing's feed, or to
    the site's.
    """

    key = models.CharField(_("old address"), max_length=LONGEST, unique=True)
    was = models.CharField(_("what it was"), max_length=20, blank=True)
    source = models.CharField(_("source"), max_length=60, blank=True)
    story = _thing(Post, "story")
    topic = _thing(Topic, "topic")
    author = _thing(Author, "author")
    section = _thing(Section, "section")
    picture = _thing(Photo, "picture")
    path = models.CharField(_("path"), max_length=LONGEST, blank=True)
    to_feed = models.BooleanField(default=False)

    objects = NaturalKeyManager("key")

    class Meta:
        ordering = ["key"]
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        constraints = [
            models.CheckConstraint(
                name="old_address_leads_to_one_thing",
                condition=Q(*map(_leads_to, (*THINGS, "path")), _connector=Q.OR),
                violation_error_message=_("An old address leads to one thing."),
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def natural_key(self) -> tuple[str]:
        return (self.key,)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        *("articles.post", "articles.topic", "articles.author", "articles.section"),
        "articles.photo",
    ]

    @property
    def kind(self) -> str:
        return next((name for name in THINGS if getattr(self, f"{name}_id")), "path")
