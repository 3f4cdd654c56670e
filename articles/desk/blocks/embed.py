"""Embed: content on another site, shown as a link, so that the page loads nothing from there."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ...library.fields import LineField
from .base import Block


class Embed(Block):
    """A link to a video, post or document on another site."""

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

    def as_data(self) -> dict[str, Any]:
        return {"url": self.url, "title": self.title, "provider": self.provider}
