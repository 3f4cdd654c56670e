"""Names: one row for one name, however it is typed; and the slug that is made of it."""

import unicodedata

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext as _

from ..characters import tidy_line
from .slugs import free_slug, without_unseen


def tidy_name(name):
    """A name as it is stored: composed (NFC), on one line, without what nobody sees."""
    return unicodedata.normalize("NFC", tidy_line(name)).strip()


def name_key(name):
    """What all spellings of one name have in common: case folded, and only what is seen."""
    seen = unicodedata.normalize("NFC", without_unseen(" ".join(name.split())))
    return " ".join(unicodedata.normalize("NFC", seen.casefold()).split())


class _KeyOfName(DeferredAttribute):
    """Worked out whenever it is asked for, so that every way to store a row stores the right one:
    `save`, in bulk, from a fixture."""

    def __get__(self, instance, cls=None):
        return self if instance is None else name_key(instance.name) or None

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


class NameKeyField(models.CharField):
    """The key of the row's own `name`; NULL in rows that were stored without one."""

    descriptor_class = _KeyOfName

    def __init__(self, *args, **kwargs):
        # Folding makes three characters of one at most, and a name has 120 at most.
        super().__init__(*args, **{"max_length": 360, "null": True, "editable": False} | kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class Named(models.Model):
    """A row with a name, and with a slug that is made of the name where none is given."""

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        self.name = tidy_name(self.name or "")
        if not name_key(self.name):
            raise ValidationError({"name": _("A name needs something that can be seen.")})
        self.give_slug()

    def save(self, *args, **kwargs):
        self.give_slug()
        super().save(*args, **kwargs)

    def give_slug(self):
        """Make a slug of the name, unless there is one."""
        if not self.slug:
            longest = self._meta.get_field("slug").max_length
            self.slug = free_slug(self.name, self.slug_is_taken, longest)

    def slug_is_taken(self, slug):
        """Whether another row of this kind has this slug."""
        others = type(self)._base_manager.exclude(pk=self.pk)
        return others.filter(slug=slug).exists()
