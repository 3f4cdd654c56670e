"""Text: paragraphs, subheads, lists and quotations."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..rich_text import prose
from ..rich_text.field import ProseField
from .base import Block


class Text(Block):
    """A run of rich text."""

    kind = "text"

    html = ProseField(_("text"), extensions=prose.EXTENSIONS, sanitize=prose.clean, blank=True)

    class Meta(Block.Meta):
        verbose_name = _("text")
        verbose_name_plural = _("texts")

    def summary(self) -> str:
        return prose.excerpt(self.html)

    def as_data(self) -> dict[str, Any]:
        return {"html": prose.clean_stored(self.html)}

    def shortcomings(self, on: dt.date | None = None) -> list[str]:
        try:
            prose.clean(self.html)
        except ValidationError as error:
            return error.messages
        return []
