"""Many rows, or their primary keys, batch by batch, for work that takes long."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db.models import QuerySet

Some = TypeVar("Some")


def batches(rows: Iterable[Some], size: int) -> Iterator[list[Some]]:
    """The same rows, so many at a time."""
    left = iter(rows)
    while batch := list(islice(left, size)):
        yield batch


def key_batches(rows: QuerySet, size: int, *, newest_first: bool = False) -> Iterator[list[int]]:
    """The primary keys of rows, so many at a time, in ascending order or (`newest_first`)
    descending. A batch is asked for when the one before is done, so new rows come along.
    """
    remaining = rows = rows.order_by("-pk" if newest_first else "pk").values_list("pk", flat=True)
    while batch := list(remaining[:size]):
        yield batch
        remaining = rows.filter(**{"pk__lt" if newest_first else "pk__gt": batch[-1]})
