"""Short lists as one JSON value: the rows of a subquery in a column, or keys in a parameter."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, Func, QuerySet, Subquery, TextField, UUIDField
from django.db.models.sql.compiler import SQLCompiler


class JsonRows(Subquery):
    """The rows of `queryset.values(…)` as the text of a JSON list of objects, in their order.

    None or an empty list when there are no rows. Dates and UUIDs come as text.
    """

    output_field = TextField()

    def __init__(self, queryset: QuerySet, **extra: Any) -> None:
        query = queryset.query
        self.columns = [*query.extra_select, *query.values_select, *query.annotation_select]
        super().__init__(queryset, **extra)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple:
        pairs = ", ".join(f"'{name}', \"{name}\"" for name in self.columns)
        rows = f"json_group_array(json_object({pairs}))"
        template = f"(SELECT {rows} FROM (%(subquery)s) AS listed)"  # noqa: S608 (column names)
        return self.as_sql(compiler, connection, template=template)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple:
        template = "(SELECT jsonb_agg(listed)::text FROM (%(subquery)s) AS listed)"
        return self.as_sql(compiler, connection, template=template)


class JsonUuids(Func):
    """The UUIDs in a JSON list, for `IN`: one parameter, however many there are."""

    template = "(SELECT REPLACE(value, '-', '') FROM json_each(%(expressions)s))"
    output_field = UUIDField()

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple:
        # PostgreSQL estimates few rows for an array, but many for JSON.
        each = "jsonb_array_elements_text(%(expressions)s)::uuid"
        template = f"(SELECT unnest(ARRAY(SELECT {each})))"
        return self.as_sql(compiler, connection, template=template)


class JsonKeys(Func):
    """The primary keys in a JSON list, in the same way."""

    template = "(SELECT value FROM json_each(%(expressions)s))"
    output_field = BigIntegerField()

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple:
        each = "jsonb_array_elements_text(%(expressions)s)::bigint"
        template = f"(SELECT unnest(ARRAY(SELECT {each})))"
        return self.as_sql(compiler, connection, template=template)
