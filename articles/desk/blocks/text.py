"""Text: paragraphs, subheads, lists and quotations."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..rich_text import sanitiser
from ..rich_text.field import ProseField
from .base import Block


class Text(Block):
    """A run of rich text."""

    kind = "text"
    node = {"html": "html"}

    html = ProseField(
        _("text"), extensions=sanitiser.EXTENSIONS, sanitize=sanitiser.clean, blank=True
    )

    class Meta(Block.Meta):
        verbose_name = _("text")
        verbose_name_plural = _("texts")

    def summary(self) -> str:
        return sanitiser.excerpt(self.html)

    def as_data(self) -> dict[str, Any]:
        return {"html": sanitiser.clean_stored(self.html)}

    def shortcomings(self, on: dt.date | None = None) -> list[str]:
        try:
            sanitiser.clean(self.html)
        except ValidationError as error:
            return error.messages
        return []
