"""What the tests of the site share."""

import pytest
from django.core.cache import caches


@pytest.fixture
def kept_pages(settings, monkeypatch):
    """Whole pages are kept in this process, by a cache that has not failed before."""
    settings.KEEP_PAGES = True
    monkeypatch.setattr("articles.public.http.page_cache._failed_at", float("-inf"))
    caches["pages"].clear()
    yield caches["pages"]
    caches["pages"].clear()
