"""What pages cost: the same for one story, topic, block or edition as for many."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Text
from articles.publishing.steps.publish import publish
from tests.builders import make_link, make_post, make_section, make_stories, make_topic

from .addresses import HOUR, NOON, SECOND, make_site

pytestmark = pytest.mark.django_db

BUDGETS = {
    "/": 6,
    "/latest/": 5,
    "/latest/?topic=syria&topic=labour&section=politics&author=anna-brown": 5,
    "/2026/": 5,
    "/2026/06/": 5,
    "/2026/06/01/": 5,
    "/topics/": 5,
    "/topics/?letter=S": 5,
    "/corrections/": 5,
    "/topics/syria/": 5,
    "/sections/politics/": 5,
    "/authors/anna-brown/": 5,
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON + HOUR, tick=False) as traveller:
        yield traveller


def cost(client, address):
    """How many queries a page takes, once the site's furniture was asked for."""
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries)


def test_lists_cost_the_same_for_one_story_as_for_thirty(client):
    make_site()
    few = {address: cost(client, address) for address in BUDGETS}
    make_stories(
        {
            "topics": ["Syria", "Labour", f"Topic {number}"],
            "authors": ["Anna Brown", f"Author {number}"],
            "section": f"Section {number % 5}",
        }
        for number in range(30)
    )
    make_stories([{"topics": ["Syria", "Labour"], "authors": ["Anna Brown"]} for _ in range(30)])

    many = {address: cost(client, address) for address in BUDGETS}

    assert many == few
    assert {
        address: queries for address, queries in many.items() if queries > BUDGETS[address]
    } == {}


COLD = {
    "/": 5,
    "/2026/06/01/main-story/": 4,
    "/latest/": 4,
    "/latest/?topic=syria&section=politics&author=anna-brown": 4,
    "/2026/06/01/": 4,
    "/topics/": 4,
    "/topics/syria/": 5,
    "/sections/politics/": 5,
    "/authors/anna-brown/": 4,
    "/corrections/": 4,
    "/search/?q=words": 5,
    "/feeds/rss.xml": 3,
    "/topics/syria/rss.xml": 3,
    "/search/rss.xml?q=words": 3,
}


@pytest.mark.parametrize("address", COLD)
def test_a_process_that_has_just_started_keeps_to_the_budget(client, address):
    make_site()

    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200

    assert len(queries) <= COLD[address]


@pytest.mark.parametrize("address", COLD)
def test_the_first_request_after_an_unrelated_publication_keeps_to_the_budget(client, address):
    make_site()
    make_section("Elsewhere")
    client.get(address)
    publish(make_post(section="Elsewhere", topics=["Other"], authors=["Somebody"]), by=None)

    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200

    assert len(queries) <= COLD[address]


def test_a_story_costs_the_same_for_one_block_as_for_thirty(client):
    post = make_site()
    address = post.editions.get().get_absolute_url()
    few = cost(client, address)
    targets = make_stories({"topics": [f"Topic {number}"]} for number in range(30))
    for number, target in enumerate(targets):
        Text.objects.create(parent=post, region="body", ordering=number, html="<p>More.</p>")
        make_link(post, target)
        post.post_topics.create(tag=make_topic(f"Topic {number}"))
    publish(post, by=None)

    assert cost(client, address) == few <= 4


def test_a_story_costs_the_same_for_one_edition_as_for_thirty(client, clock):
    post = make_site()
    address = post.editions.get().get_absolute_url()
    few = cost(client, address)
    for _ in range(29):
        clock.shift(SECOND)
        publish(post, by=None)

    assert post.editions.count() == 30
    assert cost(client, address) == few <= 4
    assert client.get("/latest/").text.count(f'"{address}"') == 1
