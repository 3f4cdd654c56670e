"""What a page weighs, and what it makes a browser wait for; no figure here comes from a clock."""

import re

import pytest
import time_machine

from tests.builders import make_photo, make_stories, make_story

from .addresses import HOUR, NOON, make_site, walk
from .weight import elements, static_file, weight_of

pytestmark = pytest.mark.django_db

FIRST_ROUND = 14_600
"""Bytes: the ten segments that a server sends before it has heard how quick the line is."""

HEADERS = 1_200
"""Bytes: what stands around a page and its two or three style sheets."""


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON + HOUR, tick=False):
        yield


@pytest.fixture
def pages(client):
    """The front page, a list and a story, whose pictures are there."""
    make_site()
    photos = [make_photo() for _ in range(30)]
    make_stories({"photo": photo, "topics": ["Syria"], "at": NOON} for photo in photos)
    story = make_story("Pictured", photo=make_photo(), at=NOON)
    address = story.editions.get().get_absolute_url()
    return {path: client.get(path).text for path in ("/", "/latest/", "/topics/syria/", address)}


def test_a_story_with_its_styles_takes_less_than_twenty_kilobytes(pages):
    *_, story = pages.values()

    assert weight_of(story) < 20_000


def test_a_page_comes_with_its_styles_in_the_first_round(pages):
    """But for the front page, whose forty stories take one more."""
    for path, page in pages.items():
        if path != "/":
            assert weight_of(page) + HEADERS < FIRST_ROUND, path


def test_every_picture_has_its_room_before_it_comes(pages):
    for path, page in pages.items():
        pictures = elements(page, "img")
        assert pictures, path
        for picture in pictures:
            assert re.search(r' width="\d+" height="\d+"', picture), (path, picture)


def test_the_lead_picture_comes_first_and_the_others_when_they_are_near(pages):
    for path, page in pages.items():
        first, *others = elements(page, "img")
        hurried = path != "/latest/"
        assert ('fetchpriority="high"' in first) == hurried, path
        assert ('loading="lazy"' in first) != hurried, path
        assert all('loading="lazy"' in picture for picture in others), path


def test_nothing_but_styles_holds_a_page_up(pages):
    for page in pages.values():
        for script in elements(page, "script"):
            assert re.search(r'type="application/ld\+json"| defer| async| type="module"', script)
        assert "<style" not in page
        assert " style=" not in page


def test_the_fonts_that_a_page_waits_for_come_in_the_first_round(pages):
    for page in pages.values():
        fonts = [link for link in elements(page, "link") if 'as="font"' in link]
        assert len(fonts) == 2
        for font in fonts:
            assert len(static_file(re.search(r'href="(.*?)"', font)[1])) < FIRST_ROUND


def test_no_page_can_ask_who_the_reader_is(client, editor):
    make_site()
    client.force_login(editor)

    for address in walk():
        request = client.get(address).wsgi_request
        assert not any(hasattr(request, name) for name in ("session", "user", "_messages")), address
    assert client.get("/admin/").wsgi_request.user == editor


def test_a_page_without_words_of_its_own_is_described_by_its_headlines(client):
    make_site()

    for address in ("/", "/latest/", "/topics/syria/"):
        described = re.search(
            r'<meta name="description"\s+content="(.*?)"', client.get(address).text
        )
        assert described[1] == "Main story · Earlier story", address
