"""One picture at a time is read on a machine, so that readers and colleagues notice nothing."""

import os
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from .refusals import refusal

try:
    import fcntl
except ImportError:  # where there are no such locks, a process at least waits for itself
    fcntl = None

PATIENCE = 25
"""Seconds that somebody at a browser waits for another process to have read its picture."""

OWN_PATIENCE = 0.3
"""Seconds for another thread of the same process, which has few: readers need the rest."""

FOLDER = Path(tempfile.gettempdir())

_mine = threading.Lock()


@contextmanager
def turn(*, patient=False):
    """Wait for one's turn; without end if `patient`. Raises ValidationError if it does not come."""
    if not _mine.acquire(timeout=-1 if patient else OWN_PATIENCE):
        raise refusal("busy")
    deadline = None if patient else time.monotonic() + PATIENCE
    try:
        with lock_file("turn") as mine:
            # Who waits is next: else a command that reads one picture after the other always is.
            with lock_file("next") as following:
                wait_for(following, deadline)
                wait_for(mine, deadline)
            yield
    finally:
        _mine.release()


def lock_file(name):
    """A file that all processes of this machine's user know; it is never written to."""
    user = os.getuid() if hasattr(os, "getuid") else ""
    path = FOLDER / f"newsroom-pictures-{user}.{name}"
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))


def wait_for(file, deadline):
    """Lock a file. Closing it lets go."""
    while fcntl:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            if deadline and time.monotonic() > deadline:
                raise refusal("busy") from None
            time.sleep(0.05)
