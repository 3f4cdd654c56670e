"""What the blocks of films and of sounds have in common."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...library.fields import LineField, WordsField
from ...library.photo import Photo
from ...library.recording import Recording
from .base import Block


class RecordingBlock(Block):
    """A recording used here; each empty field means the library's own words."""

    sort: ClassVar[str]
    node = {
        "recording": "recording__slug",
        "title": "title",
        "caption": "caption",
        "credit": "credit",
    }

    recording = models.ForeignKey(
        Recording,
        verbose_name=_("film or sound"),
        on_delete=models.PROTECT,
        related_name="%(class)ss",
    )
    title = LineField(_("title"), max_length=200, blank=True)
    caption = WordsField(_("caption"), blank=True)
    credit = LineField(_("credit"), max_length=200, blank=True)

    class Meta(Block.Meta):
        abstract = True

    @classmethod
    def with_related(cls) -> models.QuerySet[Self]:
        return cls.objects.select_related("recording__poster")

    def clean(self) -> None:
        if not self.recording_id:
            raise ValidationError(gettext("Choose a film or a sound."))
        if self.recording.sort != self.sort:
            raise ValidationError(self.other_sort())

    def other_sort(self) -> str:
        return gettext("A film is put in as a film, and a sound as a sound.")

    def summary(self) -> str:
        return self.title or str(self.recording)

    def as_data(self) -> dict[str, Any]:
        own = {"title": self.title, "caption": self.caption, "credit": self.credit}
        poster = self.recording.poster
        return {
            "own": own,
            "recording": self.recording.as_recording(**own),
            "picture": poster.as_picture() if poster else None,
        }

    @classmethod
    def attrs_of(cls, data: dict[str, Any]) -> dict[str, str]:
        return {"recording": data["recording"]["slug"], **data["own"]}

    def photos(self) -> list[Photo]:
        return [self.recording.poster] if self.recording.poster else []

    def shortcomings(self, on: dt.date | None = None) -> list[str]:
        found = [] if self.summary().strip() else [gettext("A film or sound has no title.")]
        if self.recording.sort != self.sort:
            return [*found, self.other_sort()]
        return [*found, *self.missing(on)]

    def missing(self, on: dt.date | None) -> list[str]:
        """What the recording lacks in the library, as sentences."""
        raise NotImplementedError
