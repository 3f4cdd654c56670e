"""The feeds of the page of corrections."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_story
from tests.public.feeds.test_feeds import FILES, HOSTILE, XML_FILES, get
from tests.public.pages.test_corrections import HOUR, NOON, SECOND, clock, correct
from tests.public.schemas import assert_fits

pytestmark = pytest.mark.django_db
__all__ = ["clock"]


def corrected(headline="Mayor arrested", note="It was not the mayor.", **how):
    post = make_story(headline, at=NOON - HOUR)
    correct(post, note, **how)
    return post


def test_the_page_of_corrections_links_to_its_feeds(client):
    corrected()
    page = client.get("/corrections/").text
    for file in FILES:
        assert page.count(f"/corrections/{file}") >= 2  # in its head, and for people
    assert 'rel="alternate"' in page.partition("</head>")[0]


def test_a_feed_has_an_entry_for_each_correction(client, clock):
    post = corrected()
    clock.shift(SECOND)
    correct(post, "Nor was it the deputy.", kind="apology")

    items = get(client, "/corrections/feed.json")["items"]
    titles = ["Apology: Mayor arrested", "Correction: Mayor arrested"]
    assert [item["title"] for item in items] == titles
    assert items[0]["summary"] == "Nor was it the deputy."
    assert len({item["id"] for item in items}) == 2
    for file in ("rss.xml", "atom.xml"):
        assert [entry.title for entry in get(client, f"/corrections/{file}").entries] == titles


@pytest.mark.parametrize(("file", "schema"), XML_FILES)
def test_it_is_what_its_specification_says(client, file, schema):
    assert_fits(client.get(f"/corrections/{file}").content, schema)
    corrected(HOSTILE.replace("\x01", "").replace("\x0b", ""), HOSTILE.replace("\x01", ""))
    assert_fits(client.get(f"/corrections/{file}").content, schema)


@pytest.mark.parametrize("file", FILES)
def test_a_kept_feed_is_made_anew_when_a_correction_goes_out_or_its_story_goes(client, clock, file):
    post = make_story("Mayor arrested", at=NOON - HOUR)
    clock.shift(SECOND)
    assert "not the mayor" not in client.get(f"/corrections/{file}").text
    clock.shift(SECOND)
    correct(post, "It was not the mayor.")
    clock.shift(HOUR)
    assert "not the mayor" in client.get(f"/corrections/{file}").text
    withdraw(post, by=None)
    clock.shift(SECOND)
    assert "not the mayor" not in client.get(f"/corrections/{file}").text


def test_a_feed_costs_the_same_for_many_corrections(client, clock):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            client.get("/corrections/atom.xml")
        return len(asked)

    corrected()
    clock.shift(SECOND)
    client.get("/")
    one = cost()
    for number in range(9):
        corrected(f"Story {number}")
        clock.shift(SECOND)
    assert cost() == one <= 4
