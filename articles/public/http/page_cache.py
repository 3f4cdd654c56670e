"""The page cache: whole pages with their validators, in memory or in a Redis.

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

from .code_fingerprint import release

logger = logging.getLogger(__name__)

KEPT_FOR = 3_600  # seconds: bounds what a Redis holds while a crawler asks for every story once
LEFT_ALONE_FOR = 10  # seconds
PATIENCE = 5  # seconds: after which a thread makes the page that another has not made
LARGEST = 64 * 1024  # bytes, packed: with the number of entries, it bounds the memory that is used

_making = {}
_making_lock = threading.Lock()
_failed_at = float("-inf")


class Cached:
    """A page as it is stored: its validator, and the page packed until somebody wants it."""

    def __init__(self, validator, packed):
        self.validator, self.packed = validator, packed

    def page(self):
        """A page of the caller's own: what is written on it afterwards is for one reader."""
        page = pickle.loads(zlib.decompress(self.packed))  # noqa: S301 (as Django's caches do)
        page.validator = self.validator
        return page


def look_up(key):
    """What is cached under this key, right or not, or None."""
    if not settings.KEEP_PAGES or key is None:
        return None
    return _asked(lambda cache: cache.get(_name(key)))


def make_once(key, site, make):
    """The page that `make()` returns, stored under this key if it has a `page.validator`.

    Threads of this process that want it at the same state of the site (a SiteStamp) share one.
    """
    if not settings.KEEP_PAGES or key is None:
        return make()
    # Who asks after a change does not wait for who asked before it.
    with _alone(f"{key}-{site.count}-{site.changes_at}") as making:
        if cached := making.cached or _made_meanwhile(key, site):
            return cached.page()
        page = make()
        if hasattr(page, "validator"):
            making.cached = Cached(page.validator, pack(page))
            if len(making.cached.packed) <= LARGEST:
                _asked(lambda cache: cache.set(_name(key), making.cached, KEPT_FOR))
        return page


def _made_meanwhile(key, site):
    """The page of another thread or process that was no step behind, or None."""
    cached = look_up(key)
    if cached is None or cached.validator.count < site.count:
        return None
    return cached if cached.validator.is_current(site.read_at) else None


def _name(key):
    return f"page-{key}-{release()}"


def pack(page):
    """A page as few bytes."""
    return zlib.compress(pickle.dumps(page, pickle.HIGHEST_PROTOCOL), level=1)


class _Making:
    """A cold page: held by the thread that makes it, then there for those that waited."""

    def __init__(self):
        self.lock, self.wanted_by, self.cached = threading.Lock(), 0, None


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
