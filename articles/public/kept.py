"""Whole pages, kept from one request to the next: exact, because the site's version is in the key.

Any of Django's caches will do. When it is down or slow the page is simply made, and the cache is
left alone for a while. In one process only one thread makes a cold page; the others wait for it.
"""

import logging
import threading
import time
from contextlib import contextmanager

from django.conf import settings
from django.core.cache import caches

logger = logging.getLogger(__name__)

KEPT_FOR = 600  # seconds: a version that is over is never asked for again, so this only tidies
LEFT_ALONE_FOR = 10  # seconds
LONGEST_QUERY = 200  # characters: nobody follows a link with a longer one twice

_making = {}
_making_lock = threading.Lock()
_failed_at = float("-inf")


def kept(request, validator, make, *, holds):
    """The page that was kept under this validator, or the one that `make()` returns, kept now if
    the validator still `holds()` for it."""
    if not settings.KEEP_PAGES or len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
        return make()
    key = f"page-{validator.strip('W/').strip(chr(34))}"
    if (page := _get(key)) is not None:
        return page
    with _alone(key):
        if (page := _get(key)) is None:
            page = make()
            if page.status_code == 200 and not page.streaming and holds():
                _set(key, page)
    return page


@contextmanager
def _alone(key):
    """Held by one thread of this process per key."""
    with _making_lock:
        lock, waiting = _making.get(key, (threading.Lock(), 0))
        _making[key] = (lock, waiting + 1)
    try:
        with lock:
            yield
    finally:
        with _making_lock:
            lock, waiting = _making.pop(key)
            if waiting > 1:
                _making[key] = (lock, waiting - 1)


def _get(key):
    return _asked(lambda cache: cache.get(key))


def _set(key, page):
    _asked(lambda cache: cache.set(key, page, KEPT_FOR))


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
