"""Which change of the site touched a key last: by this a page kept from earlier is judged."""

from django.db import models
from django.db.models import Max


class KeyCount(models.Model):
    """The last change that touched what a key (`keys.py`) stands for, as the site counted it."""

    key = models.CharField(max_length=60, unique=True)
    count = models.PositiveBigIntegerField()

    def __str__(self):
        return f"{self.key}: {self.count}"


def note(keys, count):
    """Note down that the change with this number (or what asks for it) touched these keys.

    Only while the site's own count is held: so numbers never go back, and nobody waits for two.
    """
    KeyCount.objects.bulk_create(
        (KeyCount(key=key, count=count) for key in keys),
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["count"],
    )


def touching(keys):
    """The last changes that touched these keys: rows, one a key."""
    return KeyCount.objects.filter(key__in=keys)


def last_change(keys):
    """The number of the last change that touched one of these keys; 0 when none did."""
    return touching(keys).aggregate(last=Max("count"))["last"] or 0
