"""Backends: the same index in PostgreSQL's full text and in SQLite's FTS5."""

from types import ModuleType

from django.db import connection

from . import postgresql, sqlite


def backend() -> ModuleType:
    """The module that speaks to this database's full text."""
    return postgresql if connection.vendor == "postgresql" else sqlite
