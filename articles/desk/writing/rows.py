"""The blocks of a story as plain rows, of all kinds, read in one query."""

import uuid
from dataclasses import dataclass, field
from typing import Any, cast

from django.db.models import F, Field, QuerySet, Value
from django.db.models.functions import JSONObject

from ..blocks import BLOCK_MODELS
from ..blocks.base import Block
from ..post import Post


@dataclass
class Row:
    """One block: its place, the ids of its nodes, and what it holds by the attributes' names.

    `keys` are the primary keys of the rows to which it refers, by field.
    """

    kind: str
    region: str
    attrs: dict[str, Any]
    ids: list[str] = field(default_factory=list)
    ordering: int = 0
    pk: int | None = None
    keys: dict[str, int | None] = field(default_factory=dict, compare=False)

    @property
    def identity(self) -> tuple[str, int | None]:
        return self.kind, self.pk

    def fill_ids(self, count: int) -> list[str]:
        """The ids of its nodes; those of a row that has none stored follow from its key."""
        if len(self.ids) != count:
            self.ids = [f"{self.kind}-{self.pk}-{number}" for number in range(count)]
        return self.ids


def read_rows(post: Post) -> list[Row]:
    """All blocks of a post, in the order of reading, in one query."""
    queries = [_query(model, post) for model in BLOCK_MODELS.values()]
    found = [_row(*values) for values in queries[0].union(*queries[1:], all=True)]
    return sorted(found, key=lambda row: (row.ordering, row.pk))


def _query(model: type[Block], post: Post) -> QuerySet:
    columns = {path: F(path) for path in model.node.values()}
    columns |= {f"{name}_id": F(f"{name}_id") for name in relations(model)}
    rows = model.objects.filter(parent=post).order_by()
    return rows.values_list(
        Value(model.kind), "region", "ids", "ordering", "pk", JSONObject(**columns)
    )


def _row(kind: str, region: str, ids: Any, ordering: int, pk: int, columns: dict) -> Row:
    model = BLOCK_MODELS[kind]
    attrs = {name: _text(path, columns[path]) for name, path in model.node.items()}
    keys = {name: columns[f"{name}_id"] for name in relations(model)}
    return Row(kind, region, attrs, ids or [], ordering, pk, keys)


def _text(path: str, value: Any) -> str:
    if value and path.endswith("__uuid"):
        return str(uuid.UUID(value))  # SQLite keeps it without hyphens
    return value or ""


def relations(model: type[Block]) -> dict[str, tuple[str, str]]:
    """{field: (attribute that names its row, the row's column with that name)}."""
    paths = ((name, path.partition("__")) for name, path in model.node.items())
    return {link: (name, key) for name, (link, _sep, key) in paths if key}


def column(model: type[Block], name: str) -> Field:
    """A field of a block that has a column of its own."""
    return cast(Field, model._meta.get_field(name))
