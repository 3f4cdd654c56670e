"""Rows of several models in one query: a story's blocks of all kinds, its authors and its topics.

The rows of a UNION are of one shape. So each of its columns is of one kind of field, and a model
fills as many of a kind as it has; the others are empty in its rows.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast

from django.db.models import F, Field, IntegerField, Model, QuerySet, Value
from django.db.models.functions import Cast

from .compiled_query import CompiledQuery
from .database_routing import reading_from

Column = tuple[type[Field], int]
"""A kind of field, and which of its kind in a row."""


class RowsTogether:
    """Querysets of different models, compiled once in a process and read in one query.

    `build` makes them of its parameters, whose types the model fields say, as for CompiledQuery.
    """

    def __init__(self, build: Callable[..., Sequence[QuerySet]], **parameters: Field) -> None:
        self._build, self._query = build, CompiledQuery(self._union, **parameters)
        self._sources: list[_Source] = []
        self._kinds: dict[Column, Field] = {}

    def rows(self, **values: Any) -> Iterator[Any]:
        """The rows of all of them, in no order, each with what its queryset names in
        `select_related`."""
        for number, *row in self._query.rows(**values):
            yield self._sources[number].instance(dict(zip(self._kinds, row, strict=True)))

    def _union(self, **parameters: Any) -> QuerySet:
        self._sources = [_Source(queryset) for queryset in self._build(**parameters)]
        self._kinds = {
            column: field for each in self._sources for column, (_, field) in each.columns.items()
        }
        first, *others = [
            source.query(number, self._kinds) for number, source in enumerate(self._sources)
        ]
        return first.union(*others, all=True)


class _Source:
    """One of the querysets: its model and those related to it, and the columns that they fill."""

    def __init__(self, queryset: QuerySet) -> None:
        self.queryset = queryset
        self.columns: dict[Column, tuple[str, Field]] = {}
        used: Counter[type[Field]] = Counter()
        self.own = self._place(queryset.model, "", used)
        self.related: dict[str, _Place] = {}
        named = queryset.query.select_related
        for path, model in _paths(queryset.model, named if isinstance(named, dict) else {}):
            self.related[path] = self._place(model, f"{path}__", used)

    def _place(self, model: type[Model], path: str, used: Counter) -> "_Place":
        """Where the fields of a model, at the end of a path, stand in a row."""
        place = {}
        for field in model._meta.concrete_fields:
            column = type(field), used[type(field)]
            used[type(field)] += 1
            self.columns[column] = path + field.attname, field
            place[field.attname] = column
        return _Place(model, place)

    def query(self, number: int, kinds: dict[Column, Field]) -> QuerySet:
        """The rows in the shape of the union, each after the number of its source."""
        values = [
            F(self.columns[column][0]) if column in self.columns else Cast(Value(None), field)
            for column, field in kinds.items()
        ]
        rows = self.queryset.select_related(None).order_by()
        return rows.values_list(Value(number, output_field=IntegerField()), *values)

    def instance(self, row: dict[Column, Any]) -> Model:
        made = {"": self.own.instance(row)}
        for path, place in self.related.items():
            before, _, name = path.rpartition("__")
            owner, made[path] = made[before], place.instance(row)
            if owner is not None:
                owner._state.fields_cache[name] = made[path]
        return made[""]


def _paths(model: type[Model], named: dict, before: str = "") -> Iterator[tuple[str, type[Model]]]:
    """(path, model) of what `select_related` names, each before what lies behind it."""
    for name, below in named.items():
        related = cast(type[Model], model._meta.get_field(name).related_model)
        yield before + name, related
        yield from _paths(related, below, f"{before}{name}__")


class _Place:
    """A model, and the column of each of its fields."""

    def __init__(self, model: type[Model], columns: dict[str, Column]) -> None:
        self.model, self.columns = model, columns
        self.key = columns[model._meta.pk.attname]

    def instance(self, row: dict[Column, Any]) -> Any:
        """The instance in a row; None where a relation leads to nothing."""
        if row[self.key] is None:
            return None
        values = [row[column] for column in self.columns.values()]
        return self.model.from_db(reading_from(), list(self.columns), values)
