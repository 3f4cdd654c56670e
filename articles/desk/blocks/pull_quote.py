"""Pull quote: words lifted out of the story, set large."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...library.fields import LineField, WordsField
from ..rich_text import sanitiser
from .base import Block


class PullQuote(Block):
    """A quotation set large, and whose words they are."""

    kind = "pullquote"
    node = {"text": "text", "attribution": "attribution"}

    text = WordsField(_("quotation"), blank=True)
    attribution = LineField(_("who said it"), max_length=200, blank=True)

    class Meta(Block.Meta):
        verbose_name = _("pull quote")
        verbose_name_plural = _("pull quotes")

    def summary(self) -> str:
        return sanitiser.truncate(self.text)

    def as_data(self) -> dict[str, Any]:
        return {"text": self.text, "attribution": self.attribution}

    def shortcomings(self, on: dt.date | None = None) -> list[str]:
        return [] if self.text.strip() else [gettext("A pull quote has no words.")]
