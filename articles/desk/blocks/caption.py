"""Caption: a photo used in a story, with the words it carries there."""

import datetime as dt
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...library.date_formats import format_day
from ...library.fields import LineField, WordsField
from ...library.photo import Photo
from .base import Block

IN_GALLERY = "gallery"
"""The region of a picture that stands in the gallery before it."""


class Caption(Block):
    """A photo used here; each empty field means the library's own words."""

    kind = "caption"
    node = {"photo": "photo__slug", "caption": "caption", "credit": "credit", "alt": "alt"}
    regions = frozenset({"lead", "body", IN_GALLERY})

    photo = models.ForeignKey(
        Photo, verbose_name=_("picture"), on_delete=models.PROTECT, related_name="captions"
    )
    caption = WordsField(_("caption"), blank=True)
    credit = LineField(_("credit"), max_length=200, blank=True)
    alt = WordsField(_("alt text"), blank=True)

    class Meta(Block.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @classmethod
    def with_related(cls) -> models.QuerySet[Self]:
        return cls.objects.select_related("photo")

    def clean(self) -> None:
        if not self.photo_id:
            raise ValidationError(gettext("Choose a picture."))

    def summary(self) -> str:
        return self.caption or self.photo.caption or self.photo.slug

    def as_data(self) -> dict[str, Any]:
        own = {"caption": self.caption, "credit": self.credit, "alt": self.alt}
        return {"own": own, "picture": self.photo.as_picture(**own)}

    @classmethod
    def attrs_of(cls, data: dict[str, Any]) -> dict[str, str]:
        return {"photo": data["picture"]["slug"], **data["own"]}

    def shortcomings(self, on: dt.date | None = None) -> list[str]:
        picture, missing = self.as_data()["picture"], []
        if not self.photo.decorative:
            if not picture["credit"]:
                missing.append(gettext("The picture “%s” has no credit."))
            if not picture["alt"]:
                missing.append(
                    gettext("The picture “%s” has no alt text and is not marked decorative.")
                )
        sentences = [sentence % self.summary() for sentence in missing]
        if last_day := self.photo.rights_ended(on):
            sentences.append(self.rights_ended(last_day))
        return sentences

    def rights_ended(self, last_day: dt.date) -> str:
        sentence = gettext("The rights to the picture “%(picture)s” ended on %(day)s.")
        if last_day >= timezone.localdate():
            sentence = gettext(
                "The rights to the picture “%(picture)s” end on %(day)s, before it is to appear."
            )
        return sentence % {"picture": self.summary(), "day": format_day(last_day)}
