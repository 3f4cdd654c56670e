"""Table: rows and columns of short texts and figures."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...library.fields import LineField
from ..rich_text.cells import rows_of, text_of, validate_size
from ..rich_text.cells_field import CellsField
from .base import Block


class Table(Block):
    """A table that readers see as one, with its title and whose figures they are."""

    kind = "table"
    node = {"title": "title", "source": "source", "head": "head", "cells": "cells"}

    class Head(models.TextChoices):
        """Which cells say what the others are."""

        ROW = "", _("The first row")
        COLUMN = "column", _("The first column")
        BOTH = "both", _("The first row and column")
        NONE = "none", _("None")

    title = LineField(_("title"), max_length=200, blank=True)
    source = LineField(_("source"), max_length=300, blank=True)
    head = models.CharField(_("headings"), max_length=8, choices=Head, blank=True, default="")
    cells = CellsField(_("cells"), blank=True)

    class Meta(Block.Meta):
        verbose_name = _("table")
        verbose_name_plural = _("tables")

    def summary(self) -> str:
        return self.title

    def as_data(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "source": self.source,
            "head": self.head,
            "rows": rows_of(CellsField.tidy(self.cells)),
        }

    @classmethod
    def attrs_of(cls, data: dict[str, Any]) -> dict[str, str]:
        words = {name: data[name] for name in ("title", "source", "head")}
        return {**words, "cells": text_of(data["rows"])}

    def shortcomings(self, on: dt.date | None = None) -> list[str]:
        if not rows_of(self.cells):
            return [gettext("A table has no words.")]
        try:
            validate_size(self.cells)
        except ValidationError as error:
            return error.messages
        return []
