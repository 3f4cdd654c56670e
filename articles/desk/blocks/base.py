"""What every kind of block has in common."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from ...library.natural_keys import NaturalKeyManager
from ...library.photo import Photo
from ..post import Post


class Block(models.Model):
    """A part of a story: at a place (`ordering`) in one of its regions."""

    kind: ClassVar[str]
    """The name of this kind in documents, of its node in the editor, and of its template."""

    node: ClassVar[dict[str, str]]
    """What its node in the editor holds beside an id: {attribute: column, or path to a column}."""

    regions: ClassVar[frozenset[str]] = frozenset({"body"})
    """Where it may stand."""

    parent = models.ForeignKey(
        Post, related_name="%(app_label)s_%(class)s_set", on_delete=models.CASCADE
    )
    region = models.CharField(max_length=255)
    ordering = models.IntegerField(default=0)
    ids = models.JSONField(
        null=True,
        editable=False,
        serialize=False,
        help_text=_("The ids of its nodes in the editor, in order."),
    )

    objects: ClassVar[NaturalKeyManager[Self]] = NaturalKeyManager(
        "parent__source", "parent__source_id", "region", "ordering"
    )

    class Meta:
        abstract = True
        ordering = ["ordering", "pk"]

    def __str__(self) -> str:
        return self.summary() or str(self._meta.verbose_name)

    @property
    def first_node(self) -> str:
        """The id of its first node in the editor."""
        return (self.ids or [f"{self.kind}-{self.pk}-0"])[0]

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
    def attrs_of(cls, data: dict[str, Any]) -> dict[str, Any]:
        """What its node in the editor holds, from its part of a document: the inverse of
        `as_data`."""
        return {name: data[name] or "" for name in cls.node}

    def photos(self) -> list[Photo]:
        """The pictures of the library that it shows."""
        photo = getattr(self, "photo", None)
        return [photo] if photo else []

    def shortcomings(self, on: dt.date | None = None) -> list[str]:
        """What keeps a story with this block from being published on a day, as sentences."""
        return []
