"""Finding rows by the names that people give them."""

from django.db import models


def by_natural_key(*fields):
    """A manager that finds a row by these fields, as fixtures name it."""

    class NaturalManager(models.Manager):
        names = tuple(dict.fromkeys(field.partition("__")[0] for field in fields))

        def get_by_natural_key(self, *values):
            return self.get(**dict(zip(fields, values, strict=True)))

    return NaturalManager
