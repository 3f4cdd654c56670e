"""The database of a test as a file, for other processes."""

import os
import sqlite3

import pytest
from django.db import connection


def environment_with_a_copy(folder):
    """The environment of a process with a copy of the test's database; skips on PostgreSQL."""
    if connection.vendor != "sqlite":
        pytest.skip("copies a database of SQLite")
    path = folder / "copy.sqlite3"
    connection.ensure_connection()
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    copy.close()
    return os.environ | {
        "DATABASE_URL": f"sqlite:///{path}",
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "NEWSROOM_HOSTS": "testserver,127.0.0.1,localhost",
        "NEWSROOM_MEDIA_ROOT": str(folder / "media"),
    }
