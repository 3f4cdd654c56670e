"""A headless Chromium, and a site with one page of every kind to look at with it."""

import os

import pytest
from django.utils import timezone

from articles.desk.blocks import Caption, PullQuote, Text
from articles.publishing.publish import publish
from tests.builders import make_link, make_photo, make_post, make_story

from . import chromium

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

SENTENCES = "Nobody should be left in doubt about what was seen in the eastern districts. " * 6


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


def do_without(reason):
    """Skip, except where the gate runs: there a missing browser is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        do_without("Playwright for Python is not installed.")
    if chromium.where() is None:
        do_without("There is no Chromium on this machine.")
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser):
    """Gives pages of a new browser context each; `open_page(width=320, color_scheme="dark")`."""
    contexts = []

    def open_one(width=1280, height=800, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def pages(transactional_db):
    """{kind: path} of one page of every kind, with something to see on each."""
    make_story("Peace talks adjourn without a date", section="World", topics=["Syria"])
    for number in range(24):
        make_story(
            f"Ministers promise a vote before the spring, reading {number}",
            section=("Politics", "World", "Culture")[number % 3],
            topics=["Syria", "Parliament"],
            authors=["Anna Brown"],
            standfirst="They did not say which spring.",
        )
    story = long_story().editions.get(live_until__gt=timezone.now())
    path = story.get_absolute_url()
    year, month, day = path.strip("/").split("/")[:3]
    return {
        "front": "/",
        "story": path,
        "latest": "/latest/",
        "filtered": "/latest/?topic=syria&from=2016-12-01",
        "wrong filter": "/latest/?from=soon",
        "empty list": "/latest/?to=1900-01-01",
        "year": f"/{year}/",
        "month": f"/{year}/{month}/",
        "day": f"/{year}/{month}/{day}/",
        "topics": "/topics/",
        "feeds": "/feeds/",
        "topic": "/topics/syria/",
        "section": "/sections/politics/",
        "author": "/authors/anna-brown/",
        "missing": "/not-here/",
    }


def long_story():
    """A published story with every kind of block and a correction."""
    post = make_post(
        "Labour leader condemns attacks on civilians in Aleppo and calls for safe passage",
        kicker="Syria",
        section="Politics",
        topics=["Syria", "Labour"],
        authors=["Anna Brown", "Tom Okafor"],
        photo=make_photo(),
        standfirst="He told the house that those who bomb hospitals must answer for it.",
        text=f"<p>{SENTENCES}</p>",
    )
    make_link(post, make_story("The convoy that waited", section="World"), label="watch")
    make_link(post, label="live")
    blocks = {"parent": post, "region": "body"}
    Text.objects.create(**blocks, ordering=900, html=f"<h2>In the house</h2><p>{SENTENCES}</p>")
    PullQuote.objects.create(**blocks, ordering=910, text="Nobody came.", attribution="A doctor")
    Caption.objects.create(**blocks, ordering=920, photo=make_photo(width=1200, height=1500))
    Text.objects.create(**blocks, ordering=930, html=f"<ul><li>{SENTENCES}</li></ul>")
    publish(post, by=None)
    post.refresh_from_db()
    post.change_kind, post.change_note = "correction", "The letter was sent in November."
    post.save()
    publish(post, by=None)
    return post
