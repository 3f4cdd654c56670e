"""The rows of a subquery as one JSON value, so that a query can return a short list in a column."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet, Subquery, TextField
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
