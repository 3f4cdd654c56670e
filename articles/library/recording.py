"""Recordings: the films and sounds of our own."""

from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .days import MomentField
from .fields import LineField, WordsField
from .natural_keys import NaturalKeyManager
from .photo import Photo, new_token
from .recordings.captions import MAX_BYTES, checked_captions, mark_of
from .recordings.kinds import FILM, MEDIA_TYPES, SOUND, file_name

RecordingDict = dict[str, Any]
"""A recording as `Recording.as_recording` gives it."""

MOST_TRANSCRIPT = 200_000
"""Characters of a transcript: of about four hours in which nobody is silent."""


def recording_path(recording: "Recording", filename: str) -> str:
    return file_name(recording.token, filename.rsplit(".", 1)[-1].lower())


class TranscriptField(WordsField):
    """The words of a sound, of any length that is read."""

    most = MOST_TRANSCRIPT


class RecordingQuerySet(models.QuerySet["Recording"]):
    def newest_first(self) -> Self:
        return self.order_by("-added_at", "-pk")


class CaptionsField(WordsField):
    """WebVTT, which `clean` checks."""

    most = MAX_BYTES


RecordingManager = NaturalKeyManager.from_queryset(RecordingQuerySet)


class Recording(models.Model):
    """A film or a sound, with the texts that go with it unless a story overrides them.

    Its file never changes: pages and browsers keep it for ever. Another file is another recording.
    """

    class Sort(models.TextChoices):
        FILM = FILM, _("Film")
        SOUND = SOUND, _("Sound")

    slug = models.SlugField(_("short name"), max_length=100, unique=True)
    sort = models.CharField(_("film or sound"), max_length=5, choices=Sort, editable=False)
    file = models.FileField(
        _("film or sound"), upload_to=recording_path, max_length=255, editable=False
    )
    token = models.CharField(max_length=32, default=new_token, unique=True, editable=False)
    bytes = models.PositiveBigIntegerField(_("bytes"), default=0, editable=False)
    content_hash = models.CharField(
        _("fingerprint"),
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("SHA-256 of the file, in hexadecimal."),
    )
    seconds = models.PositiveIntegerField(
        _("length in seconds"),
        default=0,
        editable=False,
        help_text=_("0 where the file does not say."),
    )
    width = models.PositiveIntegerField(_("width in pixels"), default=0, editable=False)
    height = models.PositiveIntegerField(_("height in pixels"), default=0, editable=False)
    title = LineField(_("title"), max_length=200)
    caption = WordsField(_("caption"), blank=True)
    credit = LineField(
        _("credit"), max_length=200, blank=True, help_text=_("Who made it, to be named beside it.")
    )
    poster = models.ForeignKey(
        Photo,
        verbose_name=_("poster"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="recordings",
        help_text=_("The picture that stands for a film until somebody plays it."),
    )
    captions = CaptionsField(
        _("captions"),
        blank=True,
        help_text=_("What is said in a film, in WebVTT, for those who cannot hear it."),
    )
    no_speech = models.BooleanField(
        _("no speech"), default=False, help_text=_("Nobody speaks in this film: no captions.")
    )
    transcript = TranscriptField(
        _("transcript"),
        blank=True,
        help_text=_("What is said in a sound, for those who cannot hear it."),
    )
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

    objects = RecordingManager("slug")

    class Meta:
        ordering = ["-added_at", "-pk"]
        verbose_name = _("film or sound")
        verbose_name_plural = _("films and sounds")
        indexes = [
            # The upload asks whether this very file is here already.
            models.Index(fields=["content_hash"], name="recording_by_fingerprint"),
            # The library's list in the admin, newest first.
            models.Index(fields=["-added_at", "-id"], name="recording_newest_first"),
        ]

    def __str__(self) -> str:
        return self.title or self.slug

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    @property
    def is_film(self) -> bool:
        return self.sort == FILM

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES.get(str(self.file.name).rsplit(".", 1)[-1], "")

    def clean(self) -> None:
        """Raise ValidationError for captions that are none."""
        if self.captions:
            try:
                self.captions = checked_captions(self.captions, seconds=self.seconds)
            except ValidationError as error:
                raise ValidationError({"captions": error.messages}) from error

    def as_recording(
        self, *, title: str = "", caption: str = "", credit: str = ""
    ) -> RecordingDict:
        """The recording as documents and pages carry it; these texts override its own.

        Returns a dict: slug, sort, name (in storage), token, media_type, bytes, seconds, width,
        height (pixels), captions (the mark of their file, "" for none), transcript, title, caption,
        credit.
        """
        return {
            "slug": self.slug,
            "sort": self.sort,
            "name": self.file.name,
            "token": self.token,
            "media_type": self.media_type,
            "bytes": self.bytes,
            "seconds": self.seconds,
            "width": self.width,
            "height": self.height,
            "captions": mark_of(self.captions),
            "transcript": self.transcript,
            "title": title or self.title,
            "caption": caption or self.caption,
            "credit": credit or self.credit,
        }
