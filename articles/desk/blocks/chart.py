"""Chart: figures that are drawn, from a table of them."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...library.fields import LineField, WordsField
from ..rich_text.cells import rows_of, text_of, validate_size
from ..rich_text.cells_field import CellsField
from .base import Block
from .chart_figures import Figures, WrongFigures, read_figures


class Chart(Block):
    """A drawing of figures, with a sentence that says what is to be seen."""

    kind = "chart"
    node = {
        "shape": "shape",
        "title": "title",
        "description": "description",
        "unit": "unit",
        "decimal": "decimal",
        "source": "source",
        "note": "note",
        "cells": "cells",
    }

    class Shape(models.TextChoices):
        COLUMN = "", _("Columns")
        BAR = "bar", _("Bars")
        LINE = "line", _("Lines")
        STACKED = "stacked", _("Stacked columns")

    class DecimalSign(models.TextChoices):
        """How the cells are written."""

        POINT = "", _("1,234.5")
        COMMA = "comma", _("1.234,5")

    shape = models.CharField(_("shape"), max_length=8, choices=Shape, blank=True, default="")
    title = LineField(_("title"), max_length=200, blank=True)
    description = WordsField(
        _("what it shows"),
        blank=True,
        help_text=_("In a sentence, for those who do not see it."),
    )
    unit = LineField(_("unit"), max_length=80, blank=True)
    decimal = models.CharField(
        _("decimal sign"), max_length=5, choices=DecimalSign, blank=True, default=""
    )
    source = LineField(_("source"), max_length=300, blank=True)
    note = WordsField(_("note"), blank=True)
    cells = CellsField(_("cells"), blank=True)

    class Meta(Block.Meta):
        verbose_name = _("chart")
        verbose_name_plural = _("charts")

    def summary(self) -> str:
        return self.title

    def as_data(self) -> dict[str, Any]:
        words = {name: getattr(self, name) for name in self.node if name != "cells"}
        return {**words, "rows": rows_of(CellsField.tidy(self.cells))}

    @classmethod
    def attrs_of(cls, data: dict[str, Any]) -> dict[str, str]:
        words = {name: data[name] for name in cls.node if name != "cells"}
        return {**words, "cells": text_of(data["rows"])}

    def shortcomings(self, on: dt.date | None = None) -> list[str]:
        sentences = [] if self.title.strip() else [gettext("A chart has no title.")]
        if not self.description.strip():
            sentences.append(
                gettext("The chart “%s” does not say in a sentence what it shows.") % self.title
            )
        try:
            validate_size(self.cells)
            figures_of(self.as_data())
        except ValidationError as error:
            sentences += error.messages
        except WrongFigures as error:
            named = gettext("Chart “%(title)s”: %(sentence)s")
            sentences += [named % {"title": self.title, "sentence": s} for s in error.sentences]
        return sentences


def figures_of(data: dict[str, Any]) -> Figures:
    """The Figures of a chart as a document has it. Raises WrongFigures."""
    decimal = "," if data["decimal"] == Chart.DecimalSign.COMMA else "."
    return read_figures(data["rows"], decimal=decimal, shape=data["shape"])
