"""Posts: the stories as editors work on them."""

import uuid
from typing import NamedTuple, Self

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


class Region(NamedTuple):
    """A part of a story that holds blocks."""

    key: str
    title: object


class PostQuerySet(models.QuerySet["Post"]):
    def awaiting_review(self) -> Self:
        return self.filter(status=Post.Status.IN_REVIEW)

    def newest_first(self) -> Self:
        return self.order_by("-saved_at", "-pk")


PostManager = NaturalKeyManager.from_queryset(PostQuerySet)


class Post(models.Model):  # type: ignore[django-manager-missing] # PostTopic: taggit is untyped
    """A story on the desk: what its editors are working on, which readers never see."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        READY = "ready", _("Ready")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        KILL_ASKED = "kill_asked", _("To be killed")
        KILLED = "killed", _("Killed")

    class Change(models.TextChoices):
        """What the next edition tells readers about itself."""

        SILENT = "", _("Nothing: a small change")
        UPDATE = "update", _("Update")
        CORRECTION = "correction", _("Correction")
        CLARIFICATION = "clarification", _("Clarification")
        APOLOGY = "apology", _("Apology")
        RETRACTION = "retraction", _("Retraction")

    class NotePlace(models.TextChoices):
        """Where on its page a story says what was changed."""

        FOOT = "foot", _("Below the story")
        TOP = "top", _("Above the story")

    regions = [
        Region("lead", _("Picture above the story")),
        Region("body", _("Story")),
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
    slug_line = LineField(
        _("slug line"),
        max_length=80,
        blank=True,
        db_default="",
        help_text=_("What the desk calls the story until it has a headline: “Harbour strike”."),
    )
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
    embargo_open_ended = models.BooleanField(
        _("embargoed until further notice"), default=False, db_default=False
    )
    embargo_note = LineField(_("about the embargo"), max_length=200, blank=True)
    held_at = MomentField(_("on legal hold since"), null=True, blank=True, editable=False)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("put on legal hold by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,  # nobody lists them; an account is hardly ever deleted
    )
    hold_reason = WordsField(_("why it is on hold"), blank=True, db_default="", editable=False)
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
    change_place = models.CharField(
        _("where the note stands"),
        max_length=4,
        choices=NotePlace,
        default=NotePlace.FOOT,
        db_default=NotePlace.FOOT,
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
        db_index=False,  # an index below begins with it
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
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        permissions = [
            ("send_post_to_review", _("Can send stories to review")),
            ("approve_post", _("Can approve stories and send them back")),
            ("publish_post", _("Can publish, schedule and withdraw stories")),
            ("change_any_post", _("Can change stories begun by others")),
            ("plan_post", _("Can plan stories for others and copy days")),
            ("kill_post", _("Can kill stories for legal reasons, with a second person")),
            ("open_sealed", _("Can open the sealed words of killed stories")),
            ("break_embargo", _("Can end an embargo early and break it")),
            ("place_hold", _("Can put stories on legal hold")),
            ("lift_hold", _("Can lift a legal hold")),
        ]
        indexes = [
            # The desk's list in the admin, last saved first.
            models.Index(fields=["-saved_at", "-id"], name="post_last_saved"),
            # Many stories that were found elsewhere, by words or a topic, in the order of the list.
            models.Index(fields=["id", "-saved_at"], name="post_saved_by_key"),
            # The same list filtered by status; what awaits review.
            models.Index(fields=["status", "-saved_at", "-id"], name="post_by_status"),
            # The same list filtered by section.
            models.Index(fields=["section", "-saved_at", "-id"], name="post_by_section"),
            # The same list filtered by the day on which stories were posted.
            models.Index(fields=["-published_at", "-id"], name="post_by_day_posted"),
            # loaddata and importers: what is published on the desk and not yet on the site.
            models.Index(fields=["published_version", "status"], name="post_not_yet_frozen"),
            # Today: somebody's own stories in each state, last saved first.
            models.Index(
                fields=["created_by", "status", "-saved_at", "-id"], name="post_by_beginner"
            ),
            # The desk's list of what somebody began, last saved first.
            models.Index(fields=["created_by", "-saved_at", "-id"], name="post_begun_by"),
            # Today: what was changed since readers got it.
            models.Index(
                fields=["-saved_at", "-id"],
                name="post_changed_since",
                condition=models.Q(version__gt=models.F("published_version")),
            ),
            # Today and the list of stories: what is on legal hold.
            models.Index(
                fields=["-saved_at", "-id"],
                name="post_on_hold",
                condition=models.Q(held_at__isnull=False),
            ),
            # The same: what is embargoed.
            models.Index(
                fields=["-saved_at", "-id"],
                name="post_embargoed",
                condition=models.Q(embargo_until__isnull=False) | models.Q(embargo_open_ended=True),
            ),
            # Today: corrections that readers have not been told.
            models.Index(
                fields=["-saved_at", "-id"],
                name="post_correction_due",
                condition=models.Q(
                    change_kind__in=("correction", "clarification", "apology", "retraction")
                ),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"],
                name="post_reference_unique",
                violation_error_message=_("Another story has this reference."),
            ),
            models.CheckConstraint(
                name="post_not_its_own_translation",
                condition=models.Q(translation_of__isnull=True)
                | ~models.Q(translation_of=models.F("id")),
                violation_error_message=_("A story cannot be a translation of itself."),
            ),
            models.CheckConstraint(
                name="post_embargo_ends_or_not",
                condition=models.Q(embargo_open_ended=False) | models.Q(embargo_until=None),
                violation_error_message=_("An embargo ends at a moment, or it has no end yet."),
            ),
        ]

    def __str__(self) -> str:
        return self.headline or self.slug_line or str(_("(no headline yet)"))

    def natural_key(self) -> tuple[str, str]:
        return (self.source, self.source_id)

    natural_key.dependencies = ["articles.section"]  # type: ignore[attr-defined]

    @property
    def has_unpublished_changes(self) -> bool:
        """Whether the desk copy was saved after it was last frozen."""
        return self.published_version is not None and self.version > self.published_version
