"""Making readers' pages from the replica, while it is up and shows what the primary does.

The site's counter of changes measures how far the replica lags, because everything that readers
can see is counted. Each process reads the primary's counter once a second, and the replica's with
every page; it skips a replica with a lower one. So while the primary is up, readers never see the
site as it was more than a second ago, however far the replica lags.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import (
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
    connections,
)

from .database_routing import PRIMARY, REPLICA, reading, reading_from
from .invalidation.site_stamp import highest_stamp

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

CONNECTION_ERRORS = (OperationalError, InterfaceError)
CANNOT_SERVE = (*CONNECTION_ERRORS, ProgrammingError, InternalError)
"""Down, or without the tables of a release that has just begun."""

POLL_INTERVAL = 1  # seconds
RETRY_AFTER = 10  # seconds


class Behind(Exception):
    """The replica lacks a change that the primary has."""


class Replica:
    """What this process knows of the replica's state and of the primary's count of changes."""

    def __init__(self) -> None:
        self._changing = threading.Lock()
        self._is_down, self._retry_at = False, float("-inf")
        self._polling = threading.Lock()
        self._primary_count, self._poll_at = float("inf"), float("-inf")
        self._primary_is_down = False

    def may_be_tried(self) -> bool:
        """Whether the replica seems up. If it is down, one request retries it every RETRY_AFTER."""
        with self._changing:
            now = time.monotonic()
            if now < self._retry_at:
                return False
            if self._is_down:
                # One request finds out whether it is back; the others need not wait for that.
                self._retry_at = now + RETRY_AFTER
            return True

    def mark_up(self) -> None:
        if self._is_down:
            self._is_down, self._retry_at = False, float("-inf")
            logger.warning("The replica serves again.")

    def mark_down(self) -> None:
        if not self._is_down:
            logger.warning(
                "The replica cannot serve; pages are made from the primary.", exc_info=True
            )
        self._is_down, self._retry_at = True, time.monotonic() + RETRY_AFTER

    def has_caught_up(self, count: int) -> bool:
        """Whether a replica with this count has every change that the primary last reported."""
        if time.monotonic() >= self._poll_at and self._polling.acquire(blocking=False):
            try:
                self._poll_primary()
            finally:
                self._polling.release()
        return count >= self._primary_count

    def _poll_primary(self) -> None:
        began = time.monotonic()
        self._poll_at = began + POLL_INTERVAL
        try:
            with reading(PRIMARY):
                self._primary_count, _highest = highest_stamp()
        except CONNECTION_ERRORS:
            # How far the replica lags is unknown until the primary is back: it serves as it is.
            if self._primary_count == float("inf"):
                self._primary_count = 0
            # This request waited for a timeout; poll less often, so that few others have to.
            now = time.monotonic()
            self._poll_at = max(self._poll_at, now + 2 * (now - began))
            if not self._primary_is_down:
                logger.warning("The primary is away; pages are made from the replica.")
            self._primary_is_down = True
        else:
            self._primary_is_down = False


_replica = Replica()


def has_replica() -> bool:
    return REPLICA in connections.settings


def made_for_readers(make: Callable[[], Result]) -> Result:
    """Return `make()`, with its queries sent to the replica or else to the primary, never to both.

    `make` has to call `refuse_if_behind` once it has read the site's count of changes. It is called
    again, on the primary, if the replica lags or fails meanwhile.
    """
    if has_replica() and _replica.may_be_tried():
        try:
            with reading(REPLICA):
                return make()
        except Behind:
            pass
        except CANNOT_SERVE:
            _replica.mark_down()
    return make()


def refuse_if_behind(count: int) -> None:
    """Raise Behind when reads go to a replica that lags behind the primary's count of changes."""
    if reading_from() == REPLICA:
        _replica.mark_up()
        if not _replica.has_caught_up(count):
            raise Behind
