"""Embargoes are kept to the second in the maps, too."""

import datetime as dt

import pytest

from articles.publishing.steps.publish import publish
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_post, make_story

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)

MAPS = {
    "/sitemap.xml": "2026-06.xml",
    "/sitemaps/2026-06.xml": "/2026/06/01/marker/",
    "/sitemaps/news.xml": "/2026/06/01/marker/",
    "/sitemaps/pages.xml": "/sections/politics/",
    "/sitemaps/topics.xml": "/topics/syria/",
    "/sitemaps/authors.xml": "/authors/anna-brown/",
}


def naming(client):
    """The maps that name what leads to the story."""
    return {path for path, words in MAPS.items() if words in client.get(path).content.decode()}


@pytest.fixture
def post(editor, time_machine):
    time_machine.move_to(NOON, tick=False)
    return make_post("Marker", slug="marker", topics=["Syria"], authors=["Anna Brown"])


def test_a_story_is_mapped_from_its_second_on(client, editor, time_machine, post):
    schedule(post, by=editor, at=NOON + HOUR)

    time_machine.move_to(NOON + HOUR - SECOND, tick=False)
    assert naming(client) == set()
    time_machine.move_to(NOON + HOUR, tick=False)
    assert naming(client) == set(MAPS)


def test_a_story_is_mapped_until_the_second_of_its_withdrawal(client, editor, time_machine, post):
    publish(post, by=editor)
    withdraw(post, by=editor, at=NOON + HOUR)

    time_machine.move_to(NOON + HOUR - SECOND, tick=False)
    assert naming(client) == set(MAPS)
    time_machine.move_to(NOON + HOUR, tick=False)
    assert naming(client) == set()


def test_an_update_moves_when_it_last_changed_at_its_second(client, editor, time_machine, post):
    publish(post, by=editor)
    post.refresh_from_db()
    post.change_kind, post.change_note = "update", "More is known."
    post.save()
    schedule(post, by=editor, at=NOON + HOUR)
    moved = "2026-06-01T13:00:00+00:00"

    for path in ("/sitemap.xml", "/sitemaps/2026-06.xml", "/sitemaps/news.xml"):
        time_machine.move_to(NOON + HOUR - SECOND, tick=False)
        assert moved not in client.get(path).content.decode()
        time_machine.move_to(NOON + HOUR, tick=False)
        assert moved in client.get(path).content.decode()


def test_a_draft_and_what_belongs_to_it_is_in_no_map(client, post):
    make_story("Live", section="World", now=NOON - HOUR)

    assert naming(client) == {"/sitemap.xml"}
