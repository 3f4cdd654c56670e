"""The feeds of a search, and how browsers search the site."""

import datetime as dt
from itertools import product

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree, html

from articles.publishing.steps.publish import publish
from articles.publishing.steps.put_back import put_back
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_post, make_stories, make_story
from tests.public.schemas import assert_fits

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2016, 12, 13, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)


def test_a_search_has_a_feed_of_its_newest_answers(client):
    make_story("Floods in York", text="<p>Deep water.</p>", now=NOON)
    make_story("Floods in Leeds", now=NOON + HOUR)
    make_story("Sport", now=NOON + HOUR)

    response = client.get("/search/rss.xml", {"q": "floods"})
    assert_fits(response.content, "rss")
    assert_fits(client.get("/search/atom.xml", {"q": "floods"}).content, "atom")
    titles = [entry.title for entry in feedparser.parse(response.content).entries]
    assert titles == ["Floods in Leeds", "Floods in York"]
    feed = client.get("/search/feed.json", {"q": "floods"}).json()
    assert "Deep water." in feed["items"][1]["content_html"]
    assert feed["home_page_url"] == "http://testserver/search/?q=floods"
    assert feed["feed_url"] == "http://testserver/search/feed.json?q=floods"


def test_the_feed_keeps_the_filters_of_the_search(client):
    make_story("Floods in York", section="Politics", topics=["Water"], now=NOON)
    make_story("Floods in Leeds", section="World", topics=["Water"], now=NOON)

    feed = client.get("/search/feed.json", {"q": "floods", "section": "world", "topic": "water"})

    assert [item["title"] for item in feed.json()["items"]] == ["Floods in Leeds"]


def test_the_page_of_a_search_leads_to_its_feed(client):
    make_story("Floods in York", section="World", now=NOON)

    page = html.fromstring(client.get("/search/?q=floods&section=world&sort=newest").content)

    links = page.xpath("//head/link[@rel='alternate']/@href")
    assert links[0] == "/search/rss.xml?q=floods&section=world"
    assert client.get(links[2]).json()["items"][0]["title"] == "Floods in York"


def test_older_answers_are_on_the_next_page(client):
    make_stories(
        {"headline": f"Floods {number}", "at": NOON + number * HOUR} for number in range(25)
    )

    first = client.get("/search/feed.json", {"q": "floods"}).json()
    second = client.get(first["next_url"]).json()

    assert len(first["items"]) + len(second["items"]) == 25
    assert second["feed_url"] == first["next_url"]


@pytest.mark.parametrize("path", ["rss.xml", "feed.json?q=", "atom.xml?q=floods&before=x"])
def test_a_feed_of_no_question_is_not_found(client, path):
    assert client.get(f"/search/{path}").status_code == 404


def test_a_feed_of_no_answers_is_empty(client):
    assert client.get("/search/feed.json?q=nothing").json()["items"] == []


WRONG = (
    "topic=nothing",
    "topic=water&topic=nothing",
    "section=nowhere",
    "author=nobody",
    "from=yesterday",
    "to=0000-00-00",
    "from=2017-01-01&to=2016-01-01",
)


@pytest.mark.parametrize("wrong", WRONG)
def test_a_feed_with_a_wrong_filter_is_not_found_and_is_not_offered(
    client, django_assert_max_num_queries, wrong
):
    make_story("Floods in York", topics=["Water"], now=NOON)
    asked = f"q=floods&{wrong}"
    client.get("/")

    for file in ("rss.xml", "atom.xml", "feed.json"):
        with django_assert_max_num_queries(3):
            assert client.get(f"/search/{file}?{asked}").status_code == 404

    page = client.get(f"/search/?{asked}")
    assert page.status_code == 200
    feeds = html.fromstring(page.content).xpath("//head/link[@rel='alternate']/@href")
    assert feeds[0] == "/feeds/rss.xml"


def test_a_feed_is_not_there_while_its_topic_has_no_story(client, editor):
    asked = "/search/feed.json?q=floods&topic=water"
    make_story("Floods in York", now=NOON)
    post = make_story("Floods in Leeds", topics=["Water"], now=NOON)
    assert [item["title"] for item in client.get(asked).json()["items"]] == ["Floods in Leeds"]

    withdraw(post, by=editor)
    assert client.get(asked).status_code == 404
    put_back(post, by=editor)
    assert client.get(asked).status_code == 200


QUESTIONS = ("floods", '"floods+number"', "floods+OR+fire", "floods+-calm", "zzzz")
FILTERS = (
    "",
    "&section=politics",
    "&topic=water",
    "&topic=WATER",
    "&author=ann",
    "&from=2016-12-01&to=2016-12-31",
    "&topic=water&topic=york&section=politics&author=ann&from=2016-12-01&to=2030-01-01",
)
PLACES = ("", "&before=999999999999999999", "&after=0")


@pytest.mark.parametrize("in_full", [True, False])
@pytest.mark.parametrize("many", [False, True])
def test_a_search_feed_takes_three_queries_in_every_combination(
    client, monkeypatch, settings, many, in_full
):
    settings.FEEDS_IN_FULL = in_full
    if many:
        monkeypatch.setattr("articles.publishing.search.matching.MAX_FEW", 0)
    target = make_story("Target", now=NOON)
    rich = {"topics": ["Water", "York"], "authors": ["Ann"], "links": [target]}
    make_stories(
        {"headline": f"Floods number {number}", "at": NOON + number * HOUR, **rich}
        for number in range(8)
    )
    link = f'href="http://testserver{target.editions.get().get_absolute_url()}"'
    client.get("/")

    costs, shown = {}, 0
    for asked in map("".join, product(QUESTIONS, FILTERS, PLACES)):
        with CaptureQueriesContext(connection) as queries:
            feed = client.get(f"/search/feed.json?q={asked}").json()
        costs[asked] = len(queries)
        shown += len(feed["items"])
        for item in feed["items"] if in_full else ():
            assert link in item["content_html"]

    assert shown > 300
    assert {asked: cost for asked, cost in costs.items() if cost > 3} == {}


def test_embargo_and_withdrawal_hold_to_the_second(client, editor, time_machine):
    time_machine.move_to(NOON, tick=False)
    post = make_post("Floods in York")
    schedule(post, by=editor, at=NOON + HOUR)
    withdraw_at = NOON + 2 * HOUR

    def titles():
        return [item["title"] for item in client.get("/search/feed.json?q=floods").json()["items"]]

    time_machine.move_to(NOON + HOUR - SECOND, tick=False)
    assert titles() == []
    time_machine.move_to(NOON + HOUR, tick=False)
    assert titles() == ["Floods in York"]
    withdraw(post, by=editor, at=withdraw_at)
    time_machine.move_to(withdraw_at - SECOND, tick=False)
    assert titles() == ["Floods in York"]
    time_machine.move_to(withdraw_at, tick=False)
    assert titles() == []


def test_a_link_follows_its_story_and_goes_with_it(client, editor):
    target = make_story("Target", now=NOON)
    other = make_story("Other", now=NOON)
    make_stories(
        {"headline": f"Floods {number}", "links": [target, other], "at": NOON}
        for number in range(2)
    )
    withdraw(other, by=editor)
    target.headline = "Target, renamed"
    target.save()
    publish(target, by=editor)

    items = client.get("/search/feed.json?q=floods").json()["items"]

    assert len(items) == 2
    for item in items:
        assert "Target, renamed" in item["content_html"]
        assert "Other" not in item["content_html"]


def test_the_hub_is_not_named_in_a_search(client, settings):
    settings.WEBSUB_HUB, settings.SITE_URL = "https://hub.example.org/", "https://n.example.org"

    assert "hubs" not in client.get("/search/feed.json?q=floods").json()


def test_browsers_are_told_how_to_search(client):
    answer = client.get("/opensearch.xml")

    assert answer.headers["Content-Type"] == "application/opensearchdescription+xml"
    root = etree.fromstring(answer.content)
    urls = {url.get("type"): url.get("template") for url in root.findall("{*}Url")}
    assert urls["text/html"] == "http://testserver/search/?q={searchTerms}"
    suggestions = "http://testserver/search/complete/?q={searchTerms}"
    assert urls["application/x-suggestions+json"] == suggestions
    assert client.get(suggestions.replace("{searchTerms}", "flo")).status_code == 200
    assert len(root.findtext("{*}ShortName")) <= 16
    page = html.fromstring(client.get("/").content)
    assert page.xpath("//head/link[@rel='search']/@href") == ["/opensearch.xml"]


def test_the_front_page_says_how_the_site_is_searched(client):
    make_story("Floods", now=NOON)

    page = client.get("/").content.decode()

    assert '"urlTemplate":"http://testserver/search/?q={search_term_string}"' in page
    assert client.get("/search/", {"q": "floods"}).status_code == 200
