"""Names: one row for one name, in whatever spelling; and the slug that is made of it."""

import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext as _

from ..characters import tidy_line
from ..stored_as_django import StoredAsDjango
from .slugs import LONGEST, free_slug, without_unseen


def tidy_name(name: str) -> str:
    """A name as it is stored: composed (NFC), on one line, without invisible characters."""
    return unicodedata.normalize("NFC", tidy_line(name)).strip()


def name_key(name: str) -> str:
    """What all spellings of a name have in common: case folded, visible characters only."""
    seen = unicodedata.normalize("NFC", without_unseen(" ".join(name.split())))
    return " ".join(unicodedata.normalize("NFC", seen.casefold()).split())


class _KeyOfName(DeferredAttribute):
    """Computed on every access, so that each way to store a row (`save`, in bulk, from a fixture)
    stores the right key."""

    def __get__(self, instance: Any, cls: type | None = None) -> Any:
        return self if instance is None else name_key(instance.name) or None

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class NameKeyField(StoredAsDjango, models.CharField):
    """The key of the row's own `name`; NULL in rows that an older release stored."""

    descriptor_class = _KeyOfName

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Folding makes three characters of one at most, and a name has 120 at most.
        super().__init__(*args, **{"max_length": 360, "null": True, "editable": False} | kwargs)


class Named(models.Model):
    """A row with a name, and a slug that is made of the name where none is given."""

    name: Any
    slug: Any

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def clean(self) -> None:
        super().clean()
        self.name = tidy_name(self.name or "")
        if not name_key(self.name):
            raise ValidationError({"name": _("Enter at least one visible character.")})
        self.give_slug()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.give_slug()
        super().save(*args, **kwargs)

    def give_slug(self) -> None:
        if not self.slug:
            longest = getattr(self._meta.get_field("slug"), "max_length", LONGEST)
            self.slug = free_slug(self.name, self.slug_is_taken, longest)

    def slug_is_taken(self, slug: str) -> bool:
        """Whether another row of this kind has this slug."""
        others = type(self)._base_manager.exclude(pk=self.pk)
        return others.filter(models.Q(slug=slug)).exists()
