"""Natural keys: how fixtures name rows."""

from typing import Any, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class NaturalKeyManager(models.Manager[Row]):
    """Finds a row by the values of these lookups, such as `post__source`."""

    def __init__(self, *lookups: str) -> None:
        super().__init__()
        self.lookups = lookups

    @property
    def natural_key_fields(self) -> tuple[str, ...]:
        """The row's own fields in its natural key."""
        return tuple(dict.fromkeys(lookup.partition("__")[0] for lookup in self.lookups))

    def get_by_natural_key(self, *values: Any) -> Row:
        return self.get(**dict(zip(self.lookups, values, strict=True)))
