"""What every kind of block has in common."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models

from ...library.natural_keys import NaturalKeyManager
from ..post import Post


class Block(models.Model):
    """A part of a story: at a place (`ordering`) in one of its regions."""

    kind: ClassVar[str]
    """The name of this kind in documents and of its template."""

    parent = models.ForeignKey(
        Post, related_name="%(app_label)s_%(class)s_set", on_delete=models.CASCADE
    )
    region = models.CharField(max_length=255)
    ordering = models.IntegerField(default=0)

    objects: ClassVar[NaturalKeyManager[Self]] = NaturalKeyManager(
        "parent__source", "parent__source_id", "region", "ordering"
    )

    class Meta:
        abstract = True
        ordering = ["ordering", "pk"]

    def __str__(self) -> str:
        return self.summary() or str(self._meta.verbose_name)

    def natural_key(self) -> tuple[Any, ...]:
        return (*self.parent.natural_key(), self.region, self.ordering)

    natural_key.dependencies = ["articles.post"]  # type: ignore[attr-defined]

    @classmethod
    def with_related(cls) -> models.QuerySet[Self]:
        """The rows of this kind with all that `as_data` reads, in one query."""
        return cls.objects.all()

    def summary(self) -> str:
        """A few words of the block, for its heading in the editor."""
        raise NotImplementedError

    def as_data(self) -> dict[str, Any]:
        """The block's part of the document: plain JSON values, without its kind."""
        raise NotImplementedError

    @classmethod
    def fields_of(cls, data: dict[str, Any]) -> dict[str, Any]:
        """The fields of a block from its part of a document: the inverse of `as_data`.

        Raises ObjectDoesNotExist when what it refers to is gone.
        """
        return data

    def shortcomings(self, on: dt.date | None = None) -> list[str]:
        """What keeps a story with this block from being published on a day, as sentences."""
        return []
