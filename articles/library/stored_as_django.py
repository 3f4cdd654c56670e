"""Fields of ours whose columns are those of Django's fields."""

from typing import Any

from django.db.models import Field


class StoredAsDjango(Field):
    """Mixed into a subclass of a Django field, which migrations then name in its place."""

    def deconstruct(self) -> tuple[Any, ...]:
        name, _path, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.get_internal_type()}", args, kwargs
