"""Making readers' pages from the replica: when it is there and shows what the primary does.

How far behind a replica is, is told by the site's own count of changes: readers cannot see a
difference that is not counted. A process asks the primary for its count once a second, and reads
the replica's with every page anyway; a replica that has counted less is passed over. So readers
are never shown the site as it was more than a second ago, however slowly the replica follows.
"""

import logging
import threading
import time

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

AWAY = (OperationalError, InterfaceError)
CANNOT_SERVE = (*AWAY, ProgrammingError, InternalError)
"""Away, or without the tables of a release that has just begun."""

ASKED_EVERY = 1  # seconds
LEFT_ALONE_FOR = 10  # seconds


class Behind(Exception):
    """The replica has not heard of a change that the primary has told of."""


class Replica:
    """What this process knows of the replica, and of how far the primary is."""

    def __init__(self):
        self._changing = threading.Lock()
        self._away, self._try_at = False, float("-inf")
        self._asking = threading.Lock()
        self._count, self._ask_at = float("inf"), float("-inf")
        self._alone = False

    def may_be_tried(self):
        """Whether it is there, as far as is known. Of one that is away, once in a while."""
        with self._changing:
            now = time.monotonic()
            if now < self._try_at:
                return False
            if self._away:
                # One request looks whether it is back; the others need not wait for that.
                self._try_at = now + LEFT_ALONE_FOR
            return True

    def answered(self):
        if self._away:
            self._away, self._try_at = False, float("-inf")
            logger.warning("The replica serves again.")

    def failed(self):
        if not self._away:
            logger.warning(
                "The replica cannot serve; pages are made from the primary.", exc_info=True
            )
        self._away, self._try_at = True, time.monotonic() + LEFT_ALONE_FOR

    def has_heard(self, count):
        """Whether a replica that counted so many changes knows all that the primary told last."""
        if time.monotonic() >= self._ask_at and self._asking.acquire(blocking=False):
            try:
                self._ask()
            finally:
                self._asking.release()
        return count >= self._count

    def _ask(self):
        began = time.monotonic()
        self._ask_at = began + ASKED_EVERY
        try:
            with reading(PRIMARY):
                self._count, _highest = highest_stamp()
        except AWAY:
            # Nothing can be published without it either: what the replica has is what there is.
            self._count = 0 if self._count == float("inf") else self._count
            # One that cannot be reached makes the request that asks wait; few may have to.
            now = time.monotonic()
            self._ask_at = max(self._ask_at, now + 2 * (now - began))
            if not self._alone:
                logger.warning("The primary is away; pages are made from the replica.")
            self._alone = True
        else:
            self._alone = False


_replica = Replica()


def has_replica():
    return REPLICA in connections.settings


def made_for_readers(make):
    """What `make()` returns: made from the replica, or else from the primary, never from both.

    `make` calls `refuse_if_behind` once it knows the number of the site's last change, and is
    called again from the start when the replica is behind or goes away while it is read.
    """
    if has_replica() and _replica.may_be_tried():
        try:
            with reading(REPLICA):
                return make()
        except Behind:
            pass
        except CANNOT_SERVE:
            _replica.failed()
    return make()


def refuse_if_behind(count):
    """Raise Behind when reads go to a replica where the site's last change has an older number
    than on the primary."""
    if reading_from() == REPLICA:
        _replica.answered()
        if not _replica.has_heard(count):
            raise Behind
