"""What the tests of the site share."""

from contextlib import contextmanager

import pytest
from django.core.cache import caches
from django.test import override_settings


@pytest.fixture
def kept_pages():
    """Whole pages are kept in this process, by a cache that has not failed before."""
    with keeping_pages() as cache:
        yield cache


@contextmanager
def keeping_pages():
    """The same, for as long as this is held."""
    cache = caches["pages"]
    with override_settings(KEEP_PAGES=True), pytest.MonkeyPatch.context() as patch:
        patch.setattr("articles.public.http.page_cache._failed_at", float("-inf"))
        cache.clear()
        yield cache
        cache.clear()
