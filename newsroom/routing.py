"""Which database a query goes to: the primary, unless a reader's page is being made.

There is one way to the replica, `reading(REPLICA)`, and readers' pages alone take it. The admin
and the commands never do, so nobody who writes is shown what was there before.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DEFAULT_DB_ALIAS as PRIMARY
from django.db import InterfaceError, OperationalError, connections

REPLICA = "replica"

_reading = ContextVar("reading", default=PRIMARY)


@contextmanager
def reading(database):
    """Reads go to this database while this is held, in this thread or task."""
    token = _reading.set(database)
    try:
        yield
    finally:
        _reading.reset(token)


def reading_from():
    """The database that reads go to now: the primary inside a transaction, which reads what it
    wrote."""
    return PRIMARY if connections[PRIMARY].in_atomic_block else _reading.get()


def read_connection():
    """The connection for a read in SQL of our own."""
    return connections[reading_from()]


def first_row(statement, values=()):
    """The row that answers a statement, asked before anything else of a request; or None.

    The answer tells that the connection is still good, so Django need not ask that first. On one
    that the server has closed since the last request it is asked again, on a new one.
    """
    return asked_first(lambda: _row(statement, values))


def asked_first(ask):
    """What `ask()` returns, a read asked before anything else of a request; see `first_row`."""
    connection = read_connection()
    connection.health_check_done = True
    is_new = connection.connection is None
    try:
        return ask()
    except (OperationalError, InterfaceError):
        if is_new or connection.in_atomic_block:
            raise
        connection.close()
        return ask()


def _row(statement, values):
    with read_connection().cursor() as cursor:
        cursor.execute(statement, list(values))
        return cursor.fetchone()


class Router:
    """Tells Django the same: reads go where they are sent, writes to the primary."""

    def db_for_read(self, model, **hints):
        return reading_from()

    def db_for_write(self, model, **hints):
        return PRIMARY

    def allow_relation(self, one, other, **hints):
        return True  # both hold the same rows

    def allow_migrate(self, database, app_label, **hints):
        return database != REPLICA
