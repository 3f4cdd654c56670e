"""Rows that are written once."""

from django.db import models


class Frozen(Exception):
    """Something tried to change or delete an append-only row."""


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **fields):
        self.model.refuse_changes_to(set(fields))
        return super().update(**fields)

    def bulk_update(self, objs, fields, batch_size=None):
        self.model.refuse_changes_to(set(fields))
        return super().bulk_update(objs, fields, batch_size=batch_size)

    def delete(self):
        for row in self:
            row.refuse_removal()
        return super().delete()


class AppendOnly(models.Model):
    """A row that is never changed, except for the fields in `may_change`."""

    may_change = frozenset()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def refuse_changes_to(cls, fields):
        """Raise Frozen unless all of these fields may change."""
        if not fields or fields - cls.may_change:
            raise Frozen(
                f"{cls._meta.verbose_name}: {', '.join(sorted(fields)) or 'the row'} "
                "cannot be changed any more."
            )

    def refuse_removal(self, now=None):
        """Raise Frozen unless this row may be deleted at that moment."""
        raise Frozen(f"{self._meta.verbose_name} {self.pk} cannot be removed.")

    def save(self, *, update_fields=None, **kwargs):
        if not self._state.adding:
            self.refuse_changes_to(set(update_fields or ()))
        super().save(update_fields=update_fields, **kwargs)

    def delete(self, *, now=None, **kwargs):
        self.refuse_removal(now)
        return super().delete(**kwargs)
