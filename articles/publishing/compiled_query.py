"""Compiled queries: the SQL of a queryset, compiled once in a process and run with new parameters.

Django compiles a queryset each time it is run, which takes longer than most of our queries. A
function that builds a queryset becomes a CompiledQuery; its arguments are then Parameters, whose
values are given when it is run:

    stories_of_day = CompiledQuery(
        lambda day: Edition.objects.filter(posted_on=day).values("headline"), day=DateField()
    )
    stories_of_day.rows(day=today)

On PostgreSQL the statement is also prepared, so the server plans it once in a connection.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import cache
from typing import Any

from django.core.signals import setting_changed
from django.db import DatabaseError, NotSupportedError, ProgrammingError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import Expression, Field, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.dispatch import receiver

from .database_routing import read_connection


@receiver(connection_created)
def _plan_once(connection: BaseDatabaseWrapper, **signal: Any) -> None:
    # Left to itself, PostgreSQL plans a list for its values each time, which takes longer than to
    # read it. Every list has an index that serves it whatever the values are.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET plan_cache_mode = force_generic_plan")


class Parameter(Expression):
    """A value in a queryset that is given by name when its CompiledQuery is run."""

    def __init__(self, name: str, output_field: Field) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        # Itself in place of a value: `_Compiled.bind` puts the value there.
        return "%s", [self]

    def prepared(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """The value as the database's driver takes it."""
        return self.output_field.get_db_prep_value(value, connection)


NO_LONGER_PREPARED = {"0A000", "26000"}
"""SQLSTATEs of PostgreSQL: a migration changed a table that a prepared statement reads, or somebody
(a connection pool) deallocated the statement."""


def _sqlstate(error: DatabaseError) -> str | None:
    return getattr(error.__cause__, "sqlstate", None)


class CompiledQuery:
    """A queryset that `build` makes of its parameters, compiled once for each database.

    `parameters` are the model fields that say their types, by name.
    """

    def __init__(self, build: Callable[..., QuerySet], **parameters: Field) -> None:
        self._build, self._parameters = build, parameters
        self._compiled: dict[str, _Compiled] = {}
        # Only tests change settings; what a queryset is made of may follow from them.
        setting_changed.connect(self._forget, weak=True)

    def rows(self, **values: Any) -> list[Any]:
        """What the queryset gives for these values: its models, dicts or tuples."""
        connection = read_connection()
        try:
            return self._for(connection).run(connection, values)
        except (NotSupportedError, ProgrammingError) as error:
            if connection.in_atomic_block or _sqlstate(error) not in NO_LONGER_PREPARED:
                raise
            connection.close()
            self._forget()
            return self._for(connection).run(connection, values)

    def first(self, **values: Any) -> Any:
        """The first row, or None."""
        return next(iter(self.rows(**values)), None)

    def queryset(self, **values: Any) -> QuerySet:
        """The queryset that is compiled, with values in place of its parameters."""
        return self._build(**values)

    def _for(self, connection: BaseDatabaseWrapper) -> "_Compiled":
        if (compiled := self._compiled.get(connection.alias)) is None:
            parameters = {name: Parameter(name, kind) for name, kind in self._parameters.items()}
            queryset = self._build(**parameters).using(connection.alias)
            compiled = self._compiled[connection.alias] = _Compiled(queryset)
        return compiled

    def _forget(self, **signal: Any) -> None:
        self._compiled.clear()


class _Compiled:
    """A queryset with its statement for one database."""

    def __init__(self, queryset: QuerySet) -> None:
        self.queryset = queryset
        self.compiler = queryset.query.get_compiler(using=queryset.db)
        self.sql, self.parameters = self.compiler.as_sql()

    def run(self, connection: BaseDatabaseWrapper, values: dict[str, Any]) -> list[Any]:
        # A statement names the same moment many times.
        own = {each.name: each for each in self.parameters if isinstance(each, Parameter)}
        ready = {name: each.prepared(values[name], connection) for name, each in own.items()}
        bound = [
            ready[each.name] if isinstance(each, Parameter) else each for each in self.parameters
        ]
        with prepared_cursor(connection) as cursor:
            cursor.execute(self.sql, bound)
            rows = cursor.fetchall()
        made: Any = self.queryset._iterable_class(_Answered(self, rows))  # type: ignore[arg-type]
        return list(made)


class _Answered:
    """Stands for a queryset, its query and its compiler, when Django makes its rows of an answer
    of the database that is there already."""

    def __init__(self, compiled: _Compiled, rows: list[tuple]) -> None:
        self.query, self.db, self._compiled, self._rows = self, compiled.queryset.db, compiled, rows

    def get_compiler(self, *args: Any, **options: Any) -> "_Answered":
        return self

    def execute_sql(self, *args: Any, **options: Any) -> list[list[tuple]]:
        return [self._rows]

    def results_iter(self, results: Any = None, **options: Any) -> Iterator:
        tuples = options.get("tuple_expected", False)
        return self._compiled.compiler.results_iter([self._rows], tuple_expected=tuples)

    def __getattr__(self, name: str) -> Any:
        for place in (
            self._compiled.compiler,
            self._compiled.queryset,
            self._compiled.queryset.query,
        ):
            if hasattr(place, name):
                return getattr(place, name)
        raise AttributeError(name)


def prepared_cursor(connection: BaseDatabaseWrapper) -> AbstractContextManager[Any]:
    """A cursor whose statements PostgreSQL prepares, so that it plans each once in a connection.

    Django's own cursors put the values into the statement, which is then another one each time.
    """
    if connection.vendor != "postgresql":
        return connection.cursor()
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    cursor = _prepared_cursor_class()(connection.connection)
    return connection._prepare_cursor(cursor)  # type: ignore[attr-defined]


@cache
def _prepared_cursor_class() -> Any:
    # Imported here, because only PostgreSQL has them.
    from django.db.backends.postgresql.base import ServerBindingCursor
    from psycopg import ClientCursor

    class LoggedQuery:
        """What Django's log of queries asks for, made only when it does."""

        def __init__(self, cursor: Any, query: str, params: Any) -> None:
            self.cursor, self.sql, self.params = cursor, query, params

        @property
        def query(self) -> bytes:
            return ClientCursor(self.cursor.connection).mogrify(self.sql, self.params).encode()

    class PreparedCursor(ServerBindingCursor):
        def execute(self, query: str, params: Any = None, **options: Any) -> Any:
            try:
                return super().execute(query, params, **options)  # type: ignore[misc]
            finally:
                # psycopg does not keep the statement when it was prepared before.
                self._query = LoggedQuery(self, query, params)

    return PreparedCursor
