"""The editor of a story's body in a real browser, alone on a page."""

import pytest

from .harness import open_surface


@pytest.fixture
def surface(open_page):
    """`surface(*nodes)` opens an editor with this body; its console must stay silent."""
    pages = []

    def open_one(*body, width=1280, height=900, browser=None, **options):
        page = open_page(width=width, height=height, **(browser or {}))
        page.set_default_timeout(5_000)
        pages.append(page)
        return open_surface(page, *body, **options)

    yield open_one
    for page in pages:
        assert page.complaints == []
