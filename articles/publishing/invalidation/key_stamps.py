"""Key stamps: which change of the site affected a surrogate key last."""

from collections.abc import Collection, Iterable

from django.db import models
from django.db.models import QuerySet, Subquery


class KeyCount(models.Model):
    """A surrogate key and its stamp (`count`): the number of the last change that affected it."""

    key = models.CharField(max_length=60, unique=True)
    count = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"


def stamp(keys: Iterable[str], count: int | Subquery) -> None:
    """Stamp these keys with the number of a change (or the subquery that reads it).

    Call it only while the row of SiteCount is locked, so that stamps never go back and two changes
    never deadlock.
    """
    KeyCount.objects.bulk_create(
        (KeyCount(key=key, count=count) for key in keys),
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["count"],
    )


def stamps_of(keys: Collection[str]) -> QuerySet[KeyCount]:
    return KeyCount.objects.filter(key__in=keys)
