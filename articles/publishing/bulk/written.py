"""Posts and their parts as bulk work writes them: made without asking the database for anything."""

from collections import defaultdict
from functools import cache
from typing import Any, TypeVar

from django.db.models import Model
from django.db.models.base import ModelState
from django.db.models.expressions import DatabaseDefault

from ..editions.document import Parts

Row = TypeVar("Row", bound=Model)


class WrittenParts(Parts):
    """The parts of posts that are being written, filled by hand."""

    def __init__(self) -> None:
        self.blocks, self.authors = defaultdict(list), defaultdict(list)
        self.topics, self.families = defaultdict(list), defaultdict(list)


def made(model: type[Row], **values: Any) -> Row:
    """An unsaved instance. `model(**values)` looks up every default and route, and takes several
    times as long."""
    related = {name: values.pop(name) for name in ("section", "story", "photo") if name in values}
    values |= {f"{name}_id": row.pk if row else None for name, row in related.items()}
    instance = model.__new__(model)
    instance._state = ModelState()
    vars(instance).update(defaults_of(model) | values)
    instance._state.fields_cache |= related
    return instance


@cache
def defaults_of(model: type[Model]) -> dict[str, Any]:
    """The default of each field by its column's name, in the order of the model."""
    return {field.attname: _default_of(field) for field in model._meta.concrete_fields}


def _default_of(field: Any) -> Any:
    """The default of a field; where only the database has one, that as a value."""
    value = field.get_default()
    return field.db_default if isinstance(value, DatabaseDefault) else value
