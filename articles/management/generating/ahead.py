"""Working ahead: the next batch is made in a process of its own while one is written."""

import gc
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from django.db import connection

_make = None


def _take(make):
    global _make
    _make = make
    gc.disable()  # it would look through a batch again and again; a batch refers to nothing back


def _call(*arguments):
    return _make(*arguments)


class Ahead:
    """Asks for one result at a time of a callable that keeps a state: apart, or right here."""

    def __init__(self, make, *, apart):
        self.make, self.pool, self.asked = make, None, None
        if apart and "fork" in multiprocessing.get_all_start_methods():
            if not connection.in_atomic_block:
                connection.close()  # it must not be shared with the other process
            self.pool = ProcessPoolExecutor(
                1, multiprocessing.get_context("fork"), initializer=_take, initargs=(make,)
            )

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        if self.pool:
            self.pool.shutdown(cancel_futures=True)

    def ask(self, *arguments):
        """Begin to make something."""
        self.asked = self.pool.submit(_call, *arguments) if self.pool else arguments

    def answer(self):
        """What was asked for."""
        return self.asked.result() if self.pool else self.make(*self.asked)
