"""Whole pages, kept from one request to the next: each with what tells whether it is still right.

Any of Django's caches will do. When it is down or slow the page is simply made, and the cache is
left alone for a while. In one process only one thread makes a cold page; the others wait for it,
and are given it even when the cache is down.
"""

import logging
import pickle
import threading
import time
import zlib
from contextlib import contextmanager

from django.conf import settings
from django.core.cache import caches

from newsroom.release import release

logger = logging.getLogger(__name__)

KEPT_FOR = 3_600  # seconds: bounds what a Redis holds while a crawler asks for every story once
LEFT_ALONE_FOR = 10  # seconds
PATIENCE = 5  # seconds: after which a thread makes the page that another has not made
LARGEST = 64 * 1024  # bytes, packed: with the number of entries, it bounds the memory that is used

_making = {}
_making_lock = threading.Lock()
_failed_at = float("-inf")


def kept(name, version, make, *, is_right):
    """The page kept under this name if it `is_right()`, or the one that `make()` returns, kept now.

    What is known of a page comes with it (`page.known`); one of which nothing is known, or that has
    no name, is not kept.
    """
    if not settings.KEEP_PAGES or name is None:
        return make()
    key = f"page-{name}-{release()}"
    if page := _still_right(key, is_right):
        return page
    # Who asks after a change does not wait for who asked before it.
    with _alone(f"{key}-{version}") as making:
        if making.packed:
            return unpack(making.packed)
        if page := _still_right(key, is_right):
            return page
        page = make()
        if hasattr(page, "known"):
            making.packed = pack(page)
            if len(making.packed) <= LARGEST:
                _set(key, making.packed)
    return page


def _still_right(key, is_right):
    packed = _get(key)
    page = packed and unpack(packed)
    return page if page and is_right(page.known) else None


def pack(page):
    """A page as few bytes."""
    return zlib.compress(pickle.dumps(page, pickle.HIGHEST_PROTOCOL), level=1)


def unpack(packed):
    """A page of the caller's own: others may be given the same one, and what is written on a page
    afterwards is for one reader."""
    return pickle.loads(zlib.decompress(packed))  # noqa: S301 (as Django's caches do)


class _Making:
    """A cold page: held by the thread that makes it, then there for those that waited."""

    def __init__(self):
        self.lock, self.wanted_by, self.packed = threading.Lock(), 0, None


@contextmanager
def _alone(key):
    """Held by one thread of this process per key, unless that one takes very long."""
    with _making_lock:
        making = _making.setdefault(key, _Making())
        making.wanted_by += 1
    held = making.lock.acquire(timeout=PATIENCE)
    try:
        yield making
    finally:
        if held:
            making.lock.release()
        with _making_lock:
            making.wanted_by -= 1
            if not making.wanted_by:
                del _making[key]


def _get(key):
    return _asked(lambda cache: cache.get(key))


def _set(key, packed):
    _asked(lambda cache: cache.set(key, packed, KEPT_FOR))


def _asked(question):
    """The cache's answer, or None while it is down: a reader never waits for it twice."""
    global _failed_at
    if time.monotonic() - _failed_at < LEFT_ALONE_FOR:
        return None
    try:
        return question(caches["pages"])
    except Exception:
        _failed_at = time.monotonic()
        logger.warning("The page cache does not answer; pages are made without it.", exc_info=True)
        return None
