"""The page cache: whole pages with their validators, in memory or in Redis.

Any of Django's cache backends will do. When it is down or slow, pages are made without it and it
is left alone for a while. In each process one thread makes a cold page and the others wait for it;
they share the page even when the cache is down.
"""

import logging
import pickle
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse

from ...publishing.invalidation.site_stamp import SiteStamp
from .code_fingerprint import release
from .page_validator import Validator

logger = logging.getLogger(__name__)

EXPIRES_AFTER = 3_600  # seconds: bounds what Redis holds while a crawler asks for every story once
RETRY_AFTER = 10  # seconds for which a cache that failed is left alone
LOCK_TIMEOUT = 5  # seconds after which a thread makes the page that another has not made
MAX_PACKED_SIZE = 64 * 1024  # bytes: with the number of entries, it bounds the memory used


class Cached:
    """A page as it is stored: its validator, and the page, packed until somebody asks for it."""

    def __init__(self, validator: Validator, packed: bytes) -> None:
        self.validator, self.packed = validator, packed

    def page(self) -> HttpResponse:
        """A new copy of the page: headers written to it afterwards are one reader's."""
        page = pickle.loads(zlib.decompress(self.packed))  # noqa: S301 (as Django's caches do)
        page.validator = self.validator
        return page


class _Making:
    """A page that one thread makes while others wait for it."""

    def __init__(self) -> None:
        self.lock, self.waiting = threading.Lock(), 0
        self.cached: Cached | None = None


_making: dict[str, _Making] = {}
_making_lock = threading.Lock()
_failed_at = float("-inf")


def look_up(key: str | None) -> Cached | None:
    """What is cached under this key, current or not."""
    if not settings.KEEP_PAGES or key is None:
        return None
    return _try_cache(lambda cache: cache.get(_stored_key(key)))


def make_once(key: str | None, site: SiteStamp, make: Callable[[], HttpResponse]) -> HttpResponse:
    """The page that `make()` returns, stored under this key if it has a `validator`.

    Threads of this process that ask for it at the same state of the site share one.
    """
    if not settings.KEEP_PAGES or key is None:
        return make()
    # The state is in the name of the lock: a request after a change must not wait for one before.
    with _locked(f"{key}-{site.count}-{site.changes_at}") as making:
        if cached := making.cached or _made_meanwhile(key, site):
            return cached.page()
        page = make()
        if validator := getattr(page, "validator", None):
            cached = making.cached = Cached(validator, pack(page))
            if len(cached.packed) <= MAX_PACKED_SIZE:
                _try_cache(lambda cache: cache.set(_stored_key(key), cached, EXPIRES_AFTER))
        return page


def _made_meanwhile(key: str, site: SiteStamp) -> Cached | None:
    """The current page of another thread or process that saw all changes that this one sees."""
    cached = look_up(key)
    if cached is None or cached.validator.count < site.count:
        return None
    return cached if cached.validator.is_current(site.read_at) else None


def _stored_key(key: str) -> str:
    return f"page-{key}-{release()}"


def pack(page: HttpResponse) -> bytes:
    """A page, pickled and compressed."""
    return zlib.compress(pickle.dumps(page, pickle.HIGHEST_PROTOCOL), level=1)


@contextmanager
def _locked(name: str) -> Iterator[_Making]:
    """A lock by name within this process, given up after LOCK_TIMEOUT."""
    with _making_lock:
        making = _making.setdefault(name, _Making())
        making.waiting += 1
    acquired = making.lock.acquire(timeout=LOCK_TIMEOUT)
    try:
        yield making
    finally:
        if acquired:
            making.lock.release()
        with _making_lock:
            making.waiting -= 1
            if not making.waiting:
                del _making[name]


def _try_cache(operation: Callable[[Any], Any]) -> Any:
    """The result of an operation on the cache; None while it is down."""
    global _failed_at
    if time.monotonic() - _failed_at < RETRY_AFTER:
        return None
    try:
        return operation(caches["pages"])
    except Exception:
        _failed_at = time.monotonic()
        logger.warning("The page cache does not answer; pages are made without it.", exc_info=True)
        return None
