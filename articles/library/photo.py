"""Photos: the picture library."""

import secrets

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .days import DayField, MomentField
from .fields import LineField, WordsField
from .natural_keys import NaturalKeyManager
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


class Photo(models.Model):
    """A picture, with the texts that go with it unless a story overrides them."""

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
    rights_note = WordsField(_("rights"), blank=True)
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

    objects = NaturalKeyManager("slug")

    class Meta:
        ordering = ["-added_at", "-pk"]
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        indexes = [
            # The upload form asks whether this very file is here already.
            models.Index(fields=["content_hash"], name="photo_by_fingerprint"),
            # The library's list in the admin, newest first.
            models.Index(fields=["-added_at", "-id"], name="photo_newest_first"),
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

    def as_picture(self, *, caption: str = "", credit: str = "", alt: str = "") -> PictureDict:
        """The picture as documents and pages carry it; these texts override its own.

        Returns a dict: slug, token, formats (list), series (of widths), width and height (pixels),
        focus_x and focus_y (percent), caption, credit, alt.
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
        }
