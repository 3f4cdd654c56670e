"""Posts: the stories as editors work on them."""

import uuid
from typing import Self

from content_editor.models import Region
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from ..library.author import Author
from ..library.days import MomentField
from ..library.fields import LineField, WordsField
from ..library.naming.slugs import SlugField
from ..library.natural_keys import NaturalKeyManager
from ..library.section import Section
from ..library.topic import TopicsOfRow


def new_reference() -> str:
    """The `source_id` of a post that is written here."""
    return uuid.uuid4().hex


def site_language() -> str:
    return settings.LANGUAGE_CODE


class PostQuerySet(models.QuerySet["Post"]):
    def awaiting_review(self) -> Self:
        return self.filter(status=Post.Status.IN_REVIEW)

    def newest_first(self) -> Self:
        return self.order_by("-saved_at", "-pk")


PostManager = NaturalKeyManager.from_queryset(PostQuerySet)


class Post(models.Model):  # type: ignore[django-manager-missing] # PostTopic: taggit is untyped
    """A story on the desk: what its editors are working on, which readers never see."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        READY = "ready", _("Ready")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Change(models.TextChoices):
        """What the next edition tells readers about itself."""

        SILENT = "", _("Nothing: a small change")
        UPDATE = "update", _("Update: readers see “Updated”")
        CORRECTION = "correction", _("Correction")
        CLARIFICATION = "clarification", _("Clarification")
        RETRACTION = "retraction", _("Retraction")

    regions = [
        Region(key="lead", title=_("Picture above the story")),
        Region(key="body", title=_("Story")),
    ]

    headline = LineField(_("headline"), max_length=200)
    slug = SlugField(
        _("address"),
        max_length=120,
        blank=True,
        db_index=False,
        help_text=_("The last part of the story's address; made from the headline when empty."),
    )
    kicker = LineField(
        _("kicker"), max_length=60, blank=True, help_text=_("A word or two above the headline.")
    )
    standfirst = WordsField(_("standfirst"), blank=True)
    section = models.ForeignKey(
        Section,
        verbose_name=_("section"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,
    )
    authors = models.ManyToManyField(
        Author, verbose_name=_("authors"), through="PostAuthor", related_name="posts"
    )
    byline = LineField(
        _("byline in words"),
        max_length=200,
        blank=True,
        help_text=_("For agency copy, in place of authors or after them."),
    )
    topics = TaggableManager(
        verbose_name=_("topics"),
        through="articles.PostTopic",
        blank=True,
        help_text="",
        manager=TopicsOfRow,
    )
    language = models.CharField(_("language"), max_length=12, default=site_language)
    translation_of = models.ForeignKey(
        "self",
        verbose_name=_("translation of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="translations",
        help_text=_("The story that this one tells in another language."),
    )
    status = models.CharField(
        _("status"), max_length=12, choices=Status, default=Status.DRAFT, editable=False
    )
    published_at = MomentField(
        _("posted on"),
        null=True,
        blank=True,
        help_text=_(
            "What “Posted on” will say. Leave empty: it is set when the story is first published. "
            "Set it only for a story from an archive."
        ),
    )
    embargo_until = MomentField(_("embargoed until"), null=True, blank=True)
    embargo_note = LineField(_("about the embargo"), max_length=200, blank=True)
    change_kind = models.CharField(
        _("what readers are told about the change"),
        max_length=14,
        choices=Change,
        default=Change.SILENT,
        blank=True,
    )
    change_note = WordsField(
        _("note to readers"),
        blank=True,
        help_text=_("Shown with the story from the next edition on."),
    )
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.CharField(_("source"), max_length=60, default="desk", editable=False)
    source_id = models.CharField(
        _("the source's reference"), max_length=120, default=new_reference, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    others_version = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text=_("The last version that was saved by somebody other than who saved last."),
    )
    published_version = models.PositiveIntegerField(null=True, blank=True, editable=False)
    removed_number = models.PositiveIntegerField(
        default=0,
        db_default=0,
        editable=False,
        help_text=_("The highest number of an edition that was removed before it was live."),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("begun by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("saved by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    saved_at = MomentField(_("saved"), default=timezone.now, editable=False)

    objects = PostManager("source", "source_id")

    class Meta:
        ordering = ["-saved_at", "-pk"]
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        permissions = [
            ("send_post_to_review", _("Can send posts to review")),
            ("approve_post", _("Can approve posts and send them back")),
            ("publish_post", _("Can publish, schedule and withdraw posts")),
            ("change_any_post", _("Can change posts begun by others")),
        ]
        indexes = [
            # The desk's list in the admin, last saved first.
            models.Index(fields=["-saved_at", "-id"], name="post_last_saved"),
            # The same list filtered by status; what awaits review.
            models.Index(fields=["status", "-saved_at", "-id"], name="post_by_status"),
            # The same list filtered by section.
            models.Index(fields=["section", "-saved_at", "-id"], name="post_by_section"),
            # loaddata and importers: what is published on the desk and not yet on the site.
            models.Index(fields=["published_version", "status"], name="post_not_yet_frozen"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"],
                name="post_reference_unique",
                violation_error_message=_("Another post has this reference."),
            ),
            models.CheckConstraint(
                name="post_not_its_own_translation",
                condition=models.Q(translation_of__isnull=True)
                | ~models.Q(translation_of=models.F("id")),
                violation_error_message=_("A story cannot be a translation of itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.headline or str(_("(no headline yet)"))

    def natural_key(self) -> tuple[str, str]:
        return (self.source, self.source_id)

    natural_key.dependencies = ["articles.section"]  # type: ignore[attr-defined]

    @property
    def has_unpublished_changes(self) -> bool:
        """Whether the desk copy was saved after it was last frozen."""
        return self.published_version is not None and self.version > self.published_version
