"""Photos: the picture library."""

import datetime as dt
import secrets
from hashlib import sha256
from typing import Self

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .days import DayField, MomentField
from .fields import LineField, WordsField
from .natural_keys import NaturalKeyManager
from .photo_words import PhotoWordsField
from .pictures.look import BAND, look_parts
from .pictures.renditions import FIRST_SERIES, PictureDict


def new_token() -> str:
    """A name for the folder of a picture's renditions that nobody can guess (128 bits)."""
    return secrets.token_urlsafe(16)


def original_path(photo: "Photo", filename: str) -> str:
    """Where an original is stored: under its token, never linked from a page."""
    suffix = filename.rsplit(".", 1)[-1].lower()
    return f"{photo.token}/{photo.slug[:80] or 'photo'}.{suffix}"


def originals() -> Storage:
    """The storage of originals, which is not served."""
    return storages["originals"]


def marks_of(credit: str, copyright_notice: str) -> str:
    """What tells whether renditions carry these words; "" for none."""
    if not (credit or copyright_notice):
        return ""
    return sha256(f"{credit}\x00{copyright_notice}".encode()).hexdigest()[:16]


class PhotoQuerySet(models.QuerySet["Photo"]):
    def in_library(self) -> Self:
        """Those that are offered: not those merged with another."""
        return self.filter(merged_into=None)

    def newest_first(self) -> Self:
        return self.order_by("-added_at", "-pk")

    def without_alt(self) -> Self:
        return self.filter(alt="", decorative=False)

    def without_credit(self) -> Self:
        return self.filter(credit="", decorative=False)

    def rights_ended(self, today: dt.date) -> Self:
        return self.filter(rights_until__lt=today)

    def rights_ending(self, today: dt.date, within: dt.timedelta) -> Self:
        """Those that may be used today, and no more when that time has passed."""
        return self.filter(rights_until__gte=today, rights_until__lte=today + within)


def _look_index(start: int) -> models.Index:
    return models.Index(Substr("look", start, BAND), name=f"photo_by_look_{start}")


PhotoManager = NaturalKeyManager.from_queryset(PhotoQuerySet)


class Photo(models.Model):
    """A picture, with the texts that go with it unless a story overrides them."""

    class Licence(models.TextChoices):
        """By what right it is used."""

        UNKNOWN = "", _("Not known")
        STAFF = "staff", _("Our own")
        AGENCY = "agency", _("Agency subscription")
        SINGLE = "single", _("Bought for one use")
        HANDOUT = "handout", _("Handout")
        COMMONS = "commons", _("Creative Commons")
        PUBLIC = "public", _("Public domain")

    slug = models.SlugField(_("short name"), max_length=100, unique=True)
    file = models.FileField(
        _("picture"), storage=originals, upload_to=original_path, max_length=255
    )
    token = models.CharField(max_length=32, default=new_token, unique=True, editable=False)
    width = models.PositiveIntegerField(_("width in pixels"), default=0, editable=False)
    height = models.PositiveIntegerField(_("height in pixels"), default=0, editable=False)
    formats = models.CharField(
        _("formats"),
        max_length=40,
        blank=True,
        editable=False,
        help_text=_("Those that its renditions were made in, with spaces between."),
    )
    # Of the widths that its renditions were made in: what `SERIES` was then.
    series = models.PositiveSmallIntegerField(
        default=FIRST_SERIES, db_default=FIRST_SERIES, editable=False
    )
    content_hash = models.CharField(
        _("fingerprint"),
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("SHA-256 of the uploaded file, in hexadecimal."),
    )
    marks = models.CharField(
        max_length=16,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="Of the credit and copyright that its renditions carry (`marks_of`).",
    )
    look = models.CharField(
        max_length=16,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="As `pictures.look` gives it, by which the same picture is found again.",
    )
    focus_x = models.PositiveSmallIntegerField(
        _("focal point from the left, in percent"), default=50, validators=[MaxValueValidator(100)]
    )
    focus_y = models.PositiveSmallIntegerField(
        _("focal point from the top, in percent"), default=50, validators=[MaxValueValidator(100)]
    )
    caption = WordsField(_("caption"), blank=True)
    credit = LineField(
        _("credit"), max_length=200, blank=True, help_text=_("The agency or photographer to name.")
    )
    alt = WordsField(
        _("alt text"),
        blank=True,
        help_text=_("What the picture shows, for readers who cannot see it."),
    )
    decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("It adds nothing to the words, so it needs no alt text and no credit."),
    )
    copyright = LineField(
        _("copyright"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_("The notice that its files carry, such as “© 2016 Anna Brown”."),
    )
    agency = LineField(_("agency"), max_length=100, blank=True, default="", db_default="")
    keywords = WordsField(
        _("keywords"),
        blank=True,
        default="",
        db_default="",
        help_text=_("With commas between; the library finds it by them."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=8,
        choices=Licence,
        default=Licence.UNKNOWN,
        db_default="",
        blank=True,
    )
    territory = LineField(
        _("territory"),
        max_length=100,
        blank=True,
        default="",
        db_default="",
        help_text=_("Where it may be shown, such as “United Kingdom only”. Empty: everywhere."),
    )
    not_for_others = models.BooleanField(
        _("not for others"),
        default=False,
        db_default=False,
        help_text=_(
            "Shown on our own pages only: not in feeds, nor to sites and programs that show our "
            "stories."
        ),
    )
    rights_note = WordsField(_("limits of use"), blank=True)
    rights_until = DayField(_("may be used until"), null=True, blank=True)
    taken_at = MomentField(_("taken"), null=True, blank=True)
    added_at = MomentField(_("added"), default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("added by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    words = PhotoWordsField(help_text="By which the library finds it (photo_words.py).")
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged with"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged",
        help_text=_("The picture that is offered in its place; what is published still names it."),
    )

    objects = PhotoManager("slug")

    class Meta:
        ordering = ["-added_at", "-pk"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        indexes = [
            # The upload form asks whether this very file is here already.
            models.Index(fields=["content_hash"], name="photo_by_fingerprint"),
            # The library's list in the admin, newest first.
            models.Index(fields=["-added_at", "-id"], name="photo_newest_first"),
            # Its filters: what has no alt text.
            models.Index(
                fields=["-added_at", "-id"],
                name="photo_without_alt",
                condition=models.Q(alt="", decorative=False),
            ),
            # What has no credit.
            models.Index(
                fields=["-added_at", "-id"],
                name="photo_without_credit",
                condition=models.Q(credit="", decorative=False),
            ),
            # When it was taken: the library is searched by days too.
            models.Index(fields=["taken_at"], name="photo_by_day_taken"),
            # Whose rights end, on the first page too.
            models.Index(
                fields=["rights_until"],
                name="photo_by_end_of_rights",
                condition=models.Q(rights_until__isnull=False),
            ),
            # What only our own pages show.
            models.Index(
                fields=["-added_at", "-id"],
                name="photo_not_for_others",
                condition=models.Q(not_for_others=True),
            ),
            # What an agency sent.
            models.Index(fields=["agency", "-added_at", "-id"], name="photo_by_agency"),
            # What may be used by one right.
            models.Index(fields=["licence", "-added_at", "-id"], name="photo_by_licence"),
            # Pictures that look the same, by each part of a look.
            *(_look_index(start) for start in look_parts()),
        ]
        constraints = [
            models.CheckConstraint(
                name="photo_focus_within_picture",
                condition=models.Q(focus_x__lte=100, focus_y__lte=100),
                violation_error_message=_("The focal point lies outside the picture."),
            ),
        ]

    def __str__(self) -> str:
        return self.caption[:80] or self.slug

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    @property
    def is_marked(self) -> bool:
        """Whether its renditions carry the credit and copyright that it has now."""
        return self.marks == marks_of(self.credit, self.copyright)

    @property
    def kept(self) -> "Photo":
        """The picture whose rights count: itself, or the one that it was merged with."""
        return self.merged_into or self

    def rights_ended(self, on: dt.date | None) -> dt.date | None:
        """The last day of its rights, if that is before this day."""
        last_day = self.kept.rights_until
        return last_day if on and last_day and last_day < on else None

    def as_picture(self, *, caption: str = "", credit: str = "", alt: str = "") -> PictureDict:
        """The picture as documents and pages carry it; these texts override its own.

        Returns a dict: slug, token, formats (list), series (of widths), width and height (pixels),
        focus_x and focus_y (percent), caption, credit, alt; not_for_others if it is.
        """
        return {
            "slug": self.slug,
            "token": self.token,
            "formats": self.formats.split(),
            "series": self.series,
            "width": self.width,
            "height": self.height,
            "focus_x": self.focus_x,
            "focus_y": self.focus_y,
            "caption": caption or self.caption,
            "credit": credit or self.credit,
            "alt": "" if self.decorative else alt or self.alt,
            **({"not_for_others": True} if self.kept.not_for_others else {}),
        }
