"""Key stamps: which change of the site affected a surrogate key last."""

from django.db import models


class KeyCount(models.Model):
    """A surrogate key (`keys.py`) and its stamp: the number of the last change that affected it."""

    key = models.CharField(max_length=60, unique=True)
    count = models.PositiveBigIntegerField()

    def __str__(self):
        return f"{self.key}: {self.count}"


def stamp(keys, count):
    """Stamp these keys with the number of a change (or the subquery that reads it).

    Only while the row of the site's own count is locked: so stamps never go back, and two changes
    never wait for each other in turn.
    """
    KeyCount.objects.bulk_create(
        (KeyCount(key=key, count=count) for key in keys),
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["count"],
    )


def stamps_of(keys):
    """The stamps of these keys: rows, one a key that was ever affected."""
    return KeyCount.objects.filter(key__in=keys)
