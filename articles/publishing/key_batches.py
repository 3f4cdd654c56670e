"""Primary keys of many rows, batch by batch, for work that takes long."""

from collections.abc import Iterator

from django.db.models import QuerySet


def key_batches(rows: QuerySet, size: int, *, newest_first: bool = False) -> Iterator[list[int]]:
    """The primary keys of rows, so many at a time, in ascending order or (`newest_first`)
    descending. A batch is asked for when the one before is done, so new rows come along.
    """
    remaining = rows = rows.order_by("-pk" if newest_first else "pk").values_list("pk", flat=True)
    while batch := list(remaining[:size]):
        yield batch
        remaining = rows.filter(**{"pk__lt" if newest_first else "pk__gt": batch[-1]})
