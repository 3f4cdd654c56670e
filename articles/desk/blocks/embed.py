"""Embed: something on another site, of which a page loads nothing before its reader says so."""

import datetime as dt
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...library.embeds.match import embeddable_at
from ...library.embeds.place import place_of
from ...library.fields import LineField
from ...library.photo import Photo
from .base import Block
from .caption import Caption


class Embed(Block):
    """A video, post or document on another site: its address decides whether it can be shown in
    the page, or is a link alone."""

    kind = "embed"
    node = {"url": "url", "title": "title", "provider": "provider", "photo": "photo__slug"}

    url = models.URLField(_("address"), max_length=500)
    title = LineField(_("title"), max_length=200)
    provider = LineField(_("where it is"), max_length=80, blank=True)

    photo = models.ForeignKey(
        Photo,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="embeds",
    )

    class Meta(Block.Meta):
        verbose_name = _("embed")
        verbose_name_plural = _("embeds")

    @classmethod
    def with_related(cls) -> models.QuerySet[Self]:
        return cls.objects.select_related("photo")

    def summary(self) -> str:
        return self.title

    def clean(self) -> None:
        if place_of(self.url) is None:
            raise ValidationError(
                gettext("This is not the plain address of a web page: https://… and a host.")
            )

    def as_data(self) -> dict[str, Any]:
        """`site` is the key of the provider that shows it; documents of before had none, and what
        they show stays a link."""
        found = embeddable_at(self.url)
        return {
            "url": self.url,
            "title": self.title,
            "provider": self.provider,
            "site": found.provider.key if found else "",
            **(self.shown_picture.as_data() if self.shown_picture else {}),
        }

    @classmethod
    def attrs_of(cls, data: dict[str, Any]) -> dict[str, str]:
        picture = data.get("picture") or {}
        names = ("url", "title", "provider")
        return {name: data[name] or "" for name in names} | {"photo": picture.get("slug", "")}

    @property
    def shown_picture(self) -> Caption | None:
        """Its picture, which carries the library's words."""
        return Caption(photo=self.photo) if self.photo else None

    def shortcomings(self, on: dt.date | None = None) -> list[str]:
        return self.shown_picture.shortcomings(on) if self.shown_picture else []
