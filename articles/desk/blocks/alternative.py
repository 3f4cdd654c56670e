"""Alternative: what a colleague wrote in the place of the same words, until somebody decides."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...library.characters import tidy
from ...library.fields import LineField, WordsField
from ..rich_text import sanitiser
from .base import Block


class Alternative(Block):
    """Words that a colleague saved while somebody else changed the same ones.

    It stands after the block that it is about. Readers never see it: a story that has one is not
    published.
    """

    kind = "alternative"
    node = {"about": "about", "field": "field", "text": "text", "who": "who"}

    about = LineField(_("the node that it is about"), max_length=40, blank=True)
    field = LineField(
        _("field"), max_length=20, blank=True, help_text=_("Empty for the words of a block.")
    )
    text = WordsField(_("words"), blank=True)
    who = LineField(_("whose words"), max_length=200, blank=True)

    class Meta(Block.Meta):
        verbose_name = _("other wording")
        verbose_name_plural = _("other wordings")

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        # A merge puts the words here: however many there are, none may be refused.
        super().clean_fields({*(exclude or ()), "text"})
        self.text = tidy(self.text)

    def summary(self) -> str:
        return sanitiser.truncate(self.text)

    def as_data(self) -> dict[str, Any]:
        return {"about": self.about, "field": self.field, "text": self.text, "who": self.who}

    def shortcomings(self, on: dt.date | None = None) -> list[str]:
        return [gettext("Two people changed the same words. Choose which are to stay.")]
