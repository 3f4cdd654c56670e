"""Editions: what readers see, frozen."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...desk.post import Post
from ...library.append_only import AppendOnly, AppendOnlyQuerySet
from ...library.naming.slugs import SlugField
from ...library.section import Section
from ..dates import FOREVER
from .card_row import card_rows, story_address
from .live_intervals import IntervalQuerySet
from .packing import PARTS, PartField, pack, references_in

MAY_BE_AHEAD = dt.timedelta(seconds=5)
"""How far another machine's clock may be ahead. That machine may already have served what begins
within this time."""

CORRECTION_KINDS = ("correction", "clarification", "apology", "retraction")
"""Editions that put something right: they need a note, and the page of corrections shows them."""

NOT_IN_RESULTS = (
    *("body", "refers_to", "renderer", "notes", "kind", "word_count", "version"),
    *("made_by", "live_from", "live_until", "updated_at"),
)


class EditionQuerySet(IntervalQuerySet, AppendOnlyQuerySet):  # type: ignore[override]
    def corrections(self) -> Self:
        """Corrections, clarifications, apologies and retractions.

        The kinds are literals in the SQL rather than parameters, because SQLite uses a partial
        index only if the query repeats its condition literally.
        """
        kinds = ", ".join(f"'{kind}'" for kind in CORRECTION_KINDS)
        return self.filter(
            RawSQL(  # noqa: S611 (our own constants)
                f'"articles_edition"."kind" IN ({kinds})', (), output_field=models.BooleanField()
            )
        )

    def cards(self, *beside: str) -> Self:
        """CardRows: only what a list shows, and columns beside it."""
        return card_rows(self, beside=beside)


class Edition(AppendOnly):
    """What was published: one state of a story, numbered, live for an interval, never edited."""

    class Kind(models.TextChoices):
        NEW = "new", _("New story")
        SILENT = "silent", _("Small change")
        UPDATE = "update", _("Update")
        CORRECTION = "correction", _("Correction")
        CLARIFICATION = "clarification", _("Clarification")
        APOLOGY = "apology", _("Apology")
        RETRACTION = "retraction", _("Retraction")

    may_change = frozenset({"live_until"})

    # An index below begins with each of post and section; a slug is asked for with its day.
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="editions", db_index=False
    )
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    live_from = models.DateTimeField(_("live from"))
    live_until = models.DateTimeField(_("live until"), default=FOREVER)
    uuid = models.UUIDField(help_text=_("The story's own, the same in every edition."))
    family = models.UUIDField(
        help_text=_("What a story and its translations share: the identity of the original.")
    )
    published_at = models.DateTimeField(_("posted at"))
    posted_on = models.DateField(_("posted on"))
    updated_at = models.DateTimeField(_("updated at"), null=True)
    slug = SlugField(max_length=120, db_index=False)
    headline = models.CharField(_("headline"), max_length=200)
    kicker = models.CharField(_("kicker"), max_length=60, blank=True)
    standfirst = models.TextField(_("standfirst"), blank=True)
    language = models.CharField(max_length=12)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+", db_index=False)
    byline = models.JSONField(
        _("byline"), help_text=_("{authors: [{name, slug}], text}, in the order of the byline.")
    )
    picture = models.JSONField(
        _("lead picture"), null=True, help_text=_("As Photo.as_picture gives it, or nothing.")
    )
    topics = models.JSONField(_("topics"), help_text=_("[{name, slug}], in the editors' order."))
    notes = models.JSONField(
        _("notes to readers"),
        help_text=_("[{kind, note, at, place}] of this edition and those before it, oldest first."),
    )
    retracted = models.BooleanField(
        _("retracted"), default=False, db_default=False, help_text=_("This edition or one before.")
    )
    document: Any = PartField(encoder=DjangoJSONEncoder, null=True)
    body: Any = PartField(
        null=True,
        help_text=_("The body as it is shown: [{html} or {links: […]}] in reading order."),
    )
    packed = models.BinaryField(
        null=True, serialize=False, help_text="Document and body, in place of both (packing.py)."
    )
    refers_to = models.JSONField(
        null=True, serialize=False, help_text="Stories and photos that packed words name."
    )
    renderer = models.PositiveSmallIntegerField()
    word_count = models.PositiveIntegerField(_("words"))
    version = models.PositiveIntegerField(_("version of the desk copy"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("made"))

    objects = EditionQuerySet.as_manager()  # type: ignore[assignment, misc]

    class Meta:
        ordering = ["post", "number"]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        indexes = [
            # The list of all stories, the archives, the front page and the feeds.
            models.Index(
                fields=["-published_at", "-post", "live_from", "live_until"],
                name="edition_newest_first",
            ),
            # A section's list and its strip on the front page.
            models.Index(
                fields=["section", "-published_at", "-post", "live_from", "live_until"],
                name="edition_by_section",
            ),
            # The lists of another language than the site's, and which languages there are.
            models.Index(
                fields=["language", "-published_at", "-post", "live_from", "live_until"],
                name="edition_by_language",
            ),
            # The story page, and one day's stories.
            models.Index(fields=["posted_on", "slug", "live_from"], name="edition_by_address"),
            # Related links, which follow a story by its identity.
            models.Index(fields=["uuid", "-live_from"], name="edition_by_identity"),
            # The story page, for the same story in other languages. Of a story's editions all but
            # one have ended, so the end comes before the start.
            models.Index(fields=["family", "live_until", "live_from"], name="edition_by_family"),
            # The page of corrections.
            models.Index(
                fields=["-live_from", "-post"],
                name="edition_corrections",
                condition=models.Q(kind__in=CORRECTION_KINDS),
            ),
            # The admin's state column; the site's stamp and its next change by itself.
            models.Index(fields=["live_from"], name="edition_by_start"),
            # The site's stamp and its next change by itself.
            models.Index(fields=["live_until"], name="edition_by_end"),
            # A kill, which reads what other stories said since the killed one began.
            models.Index(fields=["made_at"], name="edition_by_making"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["post", "number"], name="edition_number_unique"),
            models.UniqueConstraint(
                fields=["post"],
                condition=models.Q(live_until=FOREVER),
                name="edition_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(live_until__gt=models.F("live_from")),
                name="edition_interval_not_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.headline} ({self.number})"

    @classmethod
    def from_db(cls, *row: Any, **options: Any) -> Self:
        edition = super().from_db(*row, **options)
        for part in PARTS:
            if vars(edition).get(part, part) is None:
                del vars(edition)[part]  # it is unpacked when it is asked for
        return edition

    def get_absolute_url(self) -> str:
        return story_address(self.posted_on, self.slug)

    def pack(self) -> None:
        """Have its words packed, where the instance is stored from now on."""
        self.packed = pack(self.document, self.body)
        self.refers_to = references_in(self.document, self.body)
        self.document = self.body = None

    def unpack(self) -> None:
        """Have its words as JSON again."""
        for part in PARTS:
            setattr(self, part, getattr(self, part))
        self.packed = self.refers_to = None

    @property
    def live_byline(self) -> dict:
        """The byline with the slugs that its authors have now, where the edition was read
        `with_author_slugs`."""
        slugs = getattr(self, "author_slugs", None)
        return {**self.byline, "authors": at_slugs(self.byline["authors"], slugs)}

    @property
    def live_topics(self) -> list[dict]:
        """Its topics, [{name, slug}], in the same way (`with_topic_slugs`)."""
        return at_slugs(self.topics, getattr(self, "topic_slugs", None))

    @property
    def is_original(self) -> bool:
        """Whether the story is not a translation of another."""
        return self.family == self.uuid

    def refuse_removal(self, now: dt.datetime | None = None) -> None:
        """Raise Frozen unless the edition never went live."""
        if self.live_from <= (now or timezone.now()) + MAY_BE_AHEAD:
            super().refuse_removal(now)


def at_slugs(names: list[dict], joined: str | None) -> list[dict]:
    """Frozen names, [{name, slug}], with these slugs (joined by slashes) in place of their own.

    If topics were merged since, there are fewer slugs than names, and the names are returned as
    they are.
    """
    slugs = joined.split("/") if joined else []
    if len(slugs) != len(names):
        return names
    return [{**name, "slug": slug} for name, slug in zip(names, slugs, strict=True)]
