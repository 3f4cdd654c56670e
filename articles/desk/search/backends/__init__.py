"""Backends: the desk's index of words in PostgreSQL's full text and in SQLite's FTS5.

Each stores lines; finds the posts that say what a query asks, at most so many and in no order;
tells which of some posts say it, and how well; and which of some stems stand in any line.
"""

from types import ModuleType

from django.db import connection

from . import postgresql, sqlite


def backend() -> ModuleType:
    """The module that speaks to this database's full text."""
    return postgresql if connection.vendor == "postgresql" else sqlite
