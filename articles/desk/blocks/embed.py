"""Embed: something on another site, of which a page loads nothing before its reader says so."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...library.embeds.match import embeddable_at
from ...library.embeds.place import place_of
from ...library.fields import LineField
from .base import Block


class Embed(Block):
    """A video, post or document on another site: its address decides whether it can be shown in
    the page, or is a link alone."""

    kind = "embed"
    node = {"url": "url", "title": "title", "provider": "provider"}

    url = models.URLField(_("address"), max_length=500)
    title = LineField(_("title"), max_length=200)
    provider = LineField(_("where it is"), max_length=80, blank=True)

    class Meta(Block.Meta):
        verbose_name = _("embed")
        verbose_name_plural = _("embeds")

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
        }
