"""A field of cells: tidied wherever they come from, and bounded in number and length."""

from typing import Any

from ...library.fields import WordsField
from .cells import clean_cells, validate_size


class CellsField(WordsField):
    """The rows of a table, as `cells` has them."""

    tidy = staticmethod(clean_cells)

    @property
    def validators(self) -> list[Any]:
        return [*super(WordsField, self).validators, validate_size]
