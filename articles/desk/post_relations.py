"""The through tables of a post's authors and topics."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase

from ..library.author import Author
from ..library.natural_keys import NaturalKeyManager
from ..library.topic import Topic
from .post import Post


class PostAuthor(models.Model):
    """One name in a post's byline, at its place."""

    post = models.ForeignKey(
        Post, on_delete=models.CASCADE, related_name="post_authors", db_index=False
    )
    author = models.ForeignKey(
        Author, verbose_name=_("author"), on_delete=models.PROTECT, db_index=False
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = NaturalKeyManager("post__source", "post__source_id", "author__slug")

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        indexes = [
            # The desk's list of an author's stories: counted and collected in the index.
            models.Index(fields=["author", "post"], name="post_by_author"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "author"],
                name="post_author_once",
                violation_error_message=_("An author is named twice."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.author)

    def natural_key(self) -> tuple[str, str, str]:
        return (*self.post.natural_key(), self.author.slug)

    natural_key.dependencies = ["articles.post", "articles.author"]  # type: ignore[attr-defined]


class PostTopic(ItemBase):
    """One topic of a post."""

    tag = models.ForeignKey(
        Topic,
        verbose_name=_("topic"),
        on_delete=models.CASCADE,
        related_name="post_topics",
        db_index=False,
    )
    content_object = models.ForeignKey(
        Post, on_delete=models.CASCADE, related_name="post_topics", db_index=False
    )

    objects: ClassVar[NaturalKeyManager[Self]] = NaturalKeyManager(
        "content_object__source", "content_object__source_id", "tag__slug"
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        indexes = [
            # The desk's list of a topic's stories: counted and collected in the index.
            models.Index(fields=["tag", "content_object"], name="post_by_topic"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="post_topic_once"),
        ]

    def __str__(self) -> str:
        return str(self.tag)

    def natural_key(self) -> tuple[str, str, str]:
        return (*self.content_object.natural_key(), self.tag.slug)

    natural_key.dependencies = ["articles.post", "articles.topic"]  # type: ignore[attr-defined]
