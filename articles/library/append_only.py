"""Rows that are written once."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models


class Frozen(Exception):
    """Something tried to change or delete an append-only row."""


class AppendOnlyQuerySet(models.QuerySet):
    model: Any

    def update(self, **fields: Any) -> int:
        self.model.refuse_changes_to(set(fields))
        return super().update(**fields)

    def bulk_update(
        self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        self.model.refuse_changes_to(set(fields))
        return super().bulk_update(objs, fields, batch_size=batch_size)

    def delete(self) -> tuple[int, dict[str, int]]:
        rows: Iterable[Any] = self
        for row in rows:
            row.refuse_removal()
        return super().delete()

    def blank(self, **fields: Any) -> int:
        """Write over words that must not be kept: only killing a story takes this way."""
        return super().update(**fields)

    def erase(self) -> None:
        """Delete rows whatever they hold: only killing a story takes this way."""
        super().delete()


class AppendOnly(models.Model):
    """A row that is never changed, except for the fields in `may_change`."""

    may_change: frozenset[str] = frozenset()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def refuse_changes_to(cls, fields: set[str]) -> None:
        """Raise Frozen unless all of these fields may change."""
        if not fields or fields - cls.may_change:
            raise Frozen(
                f"{cls._meta.verbose_name}: {', '.join(sorted(fields)) or 'the row'} "
                "cannot be changed any more."
            )

    def refuse_removal(self, now: dt.datetime | None = None) -> None:
        """Raise Frozen unless this row may be deleted at that moment."""
        raise Frozen(f"{self._meta.verbose_name} {self.pk} cannot be removed.")

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        if not self._state.adding:
            self.refuse_changes_to(set(update_fields or ()))
        super().save(update_fields=update_fields, **kwargs)

    def delete(self, *args: Any, now: dt.datetime | None = None, **kwargs: Any) -> Any:
        self.refuse_removal(now)
        return super().delete(*args, **kwargs)
