"""Database routing: queries go to the primary, except while a public page is made from the replica.

Only `reading(REPLICA)` sends reads to the replica, and only public views use it. The admin and the
commands read the primary, so they always see their own writes.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS as PRIMARY
from django.db import InterfaceError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

REPLICA = "replica"

Result = TypeVar("Result")

_reading: ContextVar[str] = ContextVar("reading", default=PRIMARY)


@contextmanager
def reading(database: str) -> Iterator[None]:
    """Send the reads of this thread or task to a database, by its alias."""
    token = _reading.set(database)
    try:
        yield
    finally:
        _reading.reset(token)


def reading_from() -> str:
    """The alias of the database that reads go to: inside a transaction always the primary, so that
    it sees its own writes."""
    return PRIMARY if connections[PRIMARY].in_atomic_block else _reading.get()


def read_connection() -> BaseDatabaseWrapper:
    """The connection for reads in raw SQL."""
    return connections[reading_from()]


def first_row(statement: str, values: Sequence[Any] = ()) -> tuple | None:
    """The first row of a statement that is the first query of a request (see `first_query`)."""

    def row() -> tuple | None:
        with read_connection().cursor() as cursor:
            cursor.execute(statement, list(values))
            return cursor.fetchone()

    return first_query(row)


def first_query(query: Callable[[], Result]) -> Result:
    """Run the first query of a request without Django's health check, which costs a query itself.

    When the server has closed the connection since the last request, run it again on a new one.
    """
    connection = read_connection()
    connection.health_check_done = True  # type: ignore[attr-defined]  # missing in the stubs
    is_new = connection.connection is None
    try:
        return query()
    except (OperationalError, InterfaceError):
        if is_new or connection.in_atomic_block:
            raise
        connection.close()
        return query()


class Router:
    """Django's database router: reads as `reading` says, writes and migrations to the primary."""

    def db_for_read(self, model: type, **hints: Any) -> str:
        return reading_from()

    def db_for_write(self, model: type, **hints: Any) -> str:
        return PRIMARY

    def allow_relation(self, one: object, other: object, **hints: Any) -> bool:
        return True  # both databases hold the same rows

    def allow_migrate(self, database: str, app_label: str, **hints: Any) -> bool:
        return database != REPLICA
