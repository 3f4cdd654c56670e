"""Rows with pages of their own, which are found under every slug that they ever had."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from ..natural_keys import NaturalKeyManager, Row
from ..urls import path_of
from .names import Named


class AddressedManager(NaturalKeyManager[Row]):
    """Finds rows by their slugs, former ones included."""

    def __init__(self) -> None:
        super().__init__("slug")

    def with_former_slug(self, slug: str | None) -> models.QuerySet[Row]:
        """Rows that had this slug before."""
        return self.filter(former_slugs__slug=slug)

    def find_by_slug(self, slug: str | None) -> Row | None:
        """The row with this slug, else the one that had it before, or None."""
        return self.filter(slug=slug).first() or self.with_former_slug(slug).first()

    def get_by_natural_key(self, slug: str) -> Row:
        if row := self.find_by_slug(slug):
            return row
        raise self.model.DoesNotExist(  # type: ignore[attr-defined]
            f"There is no {self.model._meta.verbose_name} “{slug}”."
        )


class Addressed(Named):
    """A named row with pages of its own. A URL that it once had leads to it for ever."""

    objects: Any
    former_slugs: Any

    stored_slug: str | None = None
    """The slug with which the row was read."""

    class Meta:
        abstract = True

    @property
    def listed_as(self) -> int:
        """The key of the row in whose list the stories of this one stand."""
        return self.pk

    def get_absolute_url(self) -> str:
        return path_of(self._meta.model_name, self.slug)

    @classmethod
    def from_db(cls, db: str | None, *args: Any, **kwargs: Any) -> Self:
        row = super().from_db(db, *args, **kwargs)
        row.stored_slug = row.__dict__.get("slug")
        return row

    def clean(self) -> None:
        super().clean()
        if self.slug == self.stored_slug:
            return
        others = type(self).objects.with_former_slug(self.slug).exclude(pk=self.pk)
        if other := others.first():
            message = _("“%(slug)s” was an address of “%(name)s”, and leads there.")
            raise ValidationError({"slug": message % {"slug": self.slug, "name": other.name}})

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        # However a row is renamed, links to it are in the world.
        super().save(*args, **kwargs)
        written = kwargs.get("update_fields")
        if written is None or "slug" in written:
            self.keep_former_slug()

    def keep_former_slug(self) -> None:
        """Store the slug that the row had until now, if it was another one."""
        before, self.stored_slug = self.stored_slug, self.slug
        if before and before != self.slug:
            self.former_slugs.filter(slug=self.slug).delete()
            self.former_slugs.get_or_create(slug=before)

    def merge_slug(self, stored: Self) -> None:
        """Take the place of the stored row, as a fixture does. One that names it by a former slug
        does not rename it."""
        if self.slug != stored.slug:
            if type(self).objects.with_former_slug(self.slug).filter(pk=stored.pk).exists():
                self.slug = stored.slug
            self.stored_slug = stored.slug
            self.keep_former_slug()

    def slug_is_taken(self, slug: str) -> bool:
        others = type(self).objects.with_former_slug(slug).exclude(pk=self.pk)
        return super().slug_is_taken(slug) or others.exists()
