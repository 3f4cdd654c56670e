"""One import at a time, on all machines together."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

from .incoming import Unreadable

try:
    import fcntl
except ImportError:  # Windows has no such locks
    fcntl = None  # type: ignore[assignment]

KEY = 7_302_651_940
"""A number of ours among the advisory locks of PostgreSQL."""
_HELD = """
SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = %s
AND objsubid = 1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


class Busy(Unreadable):
    """Another import is running."""


@contextmanager
def one_run() -> Iterator[None]:
    """Hold the lock of imports; it goes with the process. Raises Busy."""
    hold = _postgresql if connection.vendor == "postgresql" else _file
    with hold():
        yield


@contextmanager
def _postgresql() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
        if not cursor.fetchone()[0]:
            raise busy()
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])


@contextmanager
def _file() -> Iterator[None]:
    database = str(connection.settings_dict["NAME"])
    if connection.is_in_memory_db():  # type: ignore[attr-defined]
        database += str(os.getpid())
    name = hashlib.sha256(database.encode()).hexdigest()[:16]
    path = Path(tempfile.gettempdir()) / f"newsroom-import-{name}.lock"
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(path, flags, 0o600), "r+") as file:
        try:
            if fcntl:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise busy() from None
        yield


def is_free() -> bool:
    """Whether no import is running."""
    if connection.vendor != "postgresql":
        try:
            with _file():
                return True
        except Busy:
            return False
    # Asked, not tried: a run that begins at this moment must not find the lock held.
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [KEY >> 32, KEY & 0xFFFFFFFF])
        return cursor.fetchone() is None


def busy() -> Busy:
    return Busy(_("Another import is running. Wait until it is done, and start this one again."))
