"""A lock that lets a machine read one picture at a time, so that it stays responsive."""

import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from .refusals import refusal

try:
    import fcntl
except ImportError:  # Windows: only the threads of one process wait for each other
    fcntl = None  # type: ignore[assignment]

MAX_WAIT_SECONDS = 25
"""How long an upload waits for another process."""

MAX_THREAD_WAIT_SECONDS = 0.3
"""For another thread of the same process, which has few: readers need the rest."""

FOLDER = Path(tempfile.gettempdir())

_thread_lock = threading.Lock()


@contextmanager
def picture_lock(*, wait: bool = False) -> Iterator[None]:
    """Hold the lock. Without `wait`, raises ValidationError if it stays taken."""
    if not _thread_lock.acquire(timeout=-1 if wait else MAX_THREAD_WAIT_SECONDS):
        raise refusal("busy")
    deadline = None if wait else time.monotonic() + MAX_WAIT_SECONDS
    try:
        with lock_file("turn") as turn:
            # A queue of one: else a command that reads picture after picture always gets the lock.
            with lock_file("next") as queue:
                acquire(queue, deadline)
                acquire(turn, deadline)
            yield
    finally:
        _thread_lock.release()


def lock_file(name: str) -> IO[str]:
    """A file that all processes of this user share; it is never written to."""
    user = os.getuid() if hasattr(os, "getuid") else ""
    path = FOLDER / f"newsroom-pictures-{user}.{name}"
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))


def acquire(file: IO[str], deadline: float | None) -> None:
    while fcntl:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            if deadline and time.monotonic() > deadline:
                raise refusal("busy") from None
            time.sleep(0.05)
