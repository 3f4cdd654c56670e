"""Embed: something that lives on another site, offered as a link that costs nothing to load."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ...library.fields import LineField
from .base import Block


class Embed(Block):
    """A video, post or document elsewhere; a reader's browser asks for it only when followed."""

    kind = "embed"

    url = models.URLField(_("address"), max_length=500)
    title = LineField(_("title"), max_length=200)
    provider = LineField(_("where it is"), max_length=80, blank=True)

    class Meta(Block.Meta):
        verbose_name = _("embed")
        verbose_name_plural = _("embeds")

    def summary(self) -> str:
        return self.title

    def as_data(self) -> dict[str, Any]:
        return {"url": self.url, "title": self.title, "provider": self.provider}
