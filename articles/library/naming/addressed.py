"""Rows with pages of their own, which are found under every address that they ever had."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ..natural_keys import NaturalKeyManager
from .names import Named


class AddressedManager(NaturalKeyManager):
    """Finds rows by their addresses, those of before among them."""

    def __init__(self):
        super().__init__("slug")

    def with_former_slug(self, slug):
        """Those that had this slug before, or have it beside their own."""
        return self.filter(former_slugs__slug=slug)

    def find_by_slug(self, slug):
        """The row with this slug, else the one that had it before, or None."""
        return self.filter(slug=slug).first() or self.with_former_slug(slug).first()

    def get_by_natural_key(self, slug):
        if row := self.find_by_slug(slug):
            return row
        raise self.model.DoesNotExist(f"There is no {self.model._meta.verbose_name} “{slug}”.")


class Addressed(Named):
    """A named row with pages of its own. An address that it had leads to it for ever."""

    stored_slug = None
    """The slug with which the row was read."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db, field_names, values):
        row = super().from_db(db, field_names, values)
        row.stored_slug = row.__dict__.get("slug")
        return row

    def clean(self):
        super().clean()
        if self.slug == self.stored_slug:
            return
        others = type(self).objects.with_former_slug(self.slug).exclude(pk=self.pk)
        if other := others.first():
            said = {"slug": self.slug, "name": other.name}
            words = _("“%(slug)s” was an address of “%(name)s”, and leads there.") % said
            raise ValidationError({"slug": words})

    @transaction.atomic
    def save(self, *args, **kwargs):
        # Whoever renames a row, and however: links to it are in the world.
        super().save(*args, **kwargs)
        written = kwargs.get("update_fields")
        if written is None or "slug" in written:
            self.keep_former_slug()

    def keep_former_slug(self):
        """Note the slug that the row had until now, if it has another one."""
        before, self.stored_slug = self.stored_slug, self.slug
        if before and before != self.slug:
            self.former_slugs.filter(slug=self.slug).delete()
            self.former_slugs.get_or_create(slug=before)

    def merge_slug(self, stored):
        """Take the place of the stored row, as a fixture does: one that still names it by an
        address of before does not rename it."""
        if self.slug != stored.slug:
            if type(self).objects.with_former_slug(self.slug).filter(pk=stored.pk).exists():
                self.slug = stored.slug
            self.stored_slug = stored.slug
            self.keep_former_slug()

    def slug_is_taken(self, slug):
        others = type(self).objects.with_former_slug(slug).exclude(pk=self.pk)
        return super().slug_is_taken(slug) or others.exists()
