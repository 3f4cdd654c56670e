"""Lists: paging, filters, archives, topics, authors."""

import datetime as dt

import pytest
import time_machine

from articles.publishing.names.merge import merge
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_post, make_section, make_stories, make_story, make_topic

from ..addresses import HOUR, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON + HOUR, tick=False) as traveller:
        yield traveller


def headlines(response):
    """The headlines of a list's page, as its context has them."""
    return [edition.headline for edition in response.context["page"].editions]


def posted(headline, moment, **fields):
    """A story from the archive, posted at that moment."""
    return make_story(headline, at=NOON, published_at=moment, **fields)


def make_many(count, **fields):
    make_stories(
        # Every three share a moment, so that ties fall on the edges of pages too.
        {"headline": f"Number {number}", "at": NOON - (number // 3) * HOUR, **fields}
        for number in range(count)
    )


@pytest.mark.parametrize("path", ["/latest/", "/topics/syria/", "/authors/anna-brown/", "/2026/"])
def test_walking_to_older_pages_and_back_meets_each_story_once(client, path):
    make_many(47, topics=["Syria"], authors=["Anna Brown"])
    seen, pages, url = [], [], path
    while url:
        answer = client.get(url)
        pages.append(headlines(answer))
        seen += pages[-1]
        last, url = url, answer.context["page"].older_url

    assert [len(page) for page in pages] == [20, 20, 7]
    assert len(set(seen)) == 47
    assert client.get(path).context["page"].newer_url is None
    middle = client.get(client.get(last).context["page"].newer_url)
    assert headlines(middle) == pages[1]
    assert middle.context["page"].newer_url == path
    second = client.get(client.get(path).context["page"].older_url)
    assert second.context["page"].newer_url == path


def test_the_way_back_from_a_page_that_came_to_be_the_second_leads_to_the_list(client):
    make_many(21)
    second = client.get("/latest/").context["page"].older_url
    make_stories({"at": NOON} for _ in range(20))
    third = client.get(second).context["page"]
    assert "after=" in third.newer_url

    top = client.get(third.newer_url).context["page"]

    assert top.newer_url == "/latest/"


@pytest.mark.parametrize(
    ("path", "filters"),
    [
        ("/latest/", ""),
        ("/latest/", "topic=syria&topic=labour&section=politics"),
        ("/topics/syria/", ""),
        ("/authors/anna-brown/", ""),
        ("/sections/politics/", ""),
        ("/2026/", ""),
    ],
)
def test_the_way_on_names_what_a_list_reads_and_nothing_else(client, path, filters):
    make_many(47, topics=["Syria", "Labour"], authors=["Anna Brown"])
    junk = "utm_source=letter&utm_source=again&page=7&x=y"
    older = client.get(f"{path}?{filters}&{junk}").context["page"].older_url
    second = client.get(f"{older}&{junk}").context["page"]
    last = client.get(f"{second.older_url}&{junk}").context["page"]

    for url, cursor in (
        (older, "before"),
        (second.older_url, "before"),
        (last.newer_url, "after"),
    ):
        at, _mark, query = url.partition("?")
        *kept, place = query.split("&")
        assert (at, "&".join(kept)) == (path, filters)
        assert place.startswith(f"{cursor}=2026")
    assert second.newer_url == (f"{path}?{filters}" if filters else path)


@pytest.mark.parametrize("cursor", ["junk", "20161345T000000.000000Z-1", "2016"])
def test_a_page_that_nobody_offered_is_not_found(client, cursor):
    assert client.get("/latest/", {"before": cursor}).status_code == 404
    assert client.get("/latest/", {"after": cursor}).status_code == 404


def test_topics_narrow_a_list_together(client):
    make_story("Both", topics=["Syria", "Labour"])
    make_story("One", topics=["Syria"])

    assert headlines(client.get("/latest/?topic=syria")) == ["One", "Both"]
    assert headlines(client.get("/latest/?topic=syria&topic=labour")) == ["Both"]


def test_all_filters_work_together_and_are_said_in_words(client):
    make_section("World")
    fields = {"topics": ["Syria", "Labour"], "authors": ["Anna Brown"]}
    posted("It", dt.datetime(2016, 12, 13, 12, tzinfo=dt.UTC), **fields)
    posted("Too late", dt.datetime(2017, 1, 1, 12, tzinfo=dt.UTC), **fields)
    posted("Elsewhere", dt.datetime(2016, 12, 13, 12, tzinfo=dt.UTC), section="World", **fields)

    answer = client.get(
        "/latest/?topic=syria&topic=labour&section=politics&author=anna-brown"
        "&from=2016-12-01&to=2016-12-31"
    )

    assert headlines(answer) == ["It"]
    assert answer.context["said"] == (
        "Stories in Politics on Syria and Labour by Anna Brown, 1 to 31 December 2016"
    )
    assert len(answer.context["chips"]) == 6
    for chip in answer.context["chips"]:
        assert "It" in headlines(client.get(chip["url"]))


@pytest.mark.parametrize("name", ["SYRIA", "Syria", "Syrian war", "old-syria", " syria "])
def test_a_topic_is_found_by_its_name_address_or_other_name(client, name):
    make_story("On it", topics=["Syria"])
    make_topic("Syria").aliases.create(name="Syrian war", slug="old-syria")

    answer = client.get("/latest/", {"topic": name})

    assert (answer.status_code, answer.url) == (302, "/latest/?topic=syria")
    assert headlines(client.get(answer.url)) == ["On it"]


def test_empty_filters_leave_the_address(client):
    answer = client.get("/latest/?topic=&from=&to=&section=&author=")

    assert (answer.status_code, answer.url) == (302, "/latest/")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("topic=syria&topic=nothing", "topic"),
        ("topic=syria&from=2016-13-45", "from"),
        ("topic=syria&to=0000-01-01", "to"),
        ("topic=syria&to=9999-12-31", "to"),
        ("topic=syria&from=2020-01-02&to=2020-01-01", "to"),
        ("topic=syria&author=nobody", "author"),
        ("topic=syria&section=nowhere", "section"),
    ],
)
def test_a_wrong_filter_gets_a_message_and_the_others_still_work(client, query, field):
    make_story("On it", topics=["Syria"])
    make_story("Not on it")

    answer = client.get(f"/latest/?{query}")

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert headlines(answer) == ["On it"]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        # 00:30 in London on the nights around the change of clocks.
        (dt.datetime(2016, 3, 27, 0, 30, tzinfo=dt.UTC), "2016-03-27"),
        (dt.datetime(2016, 3, 27, 23, 30, tzinfo=dt.UTC), "2016-03-28"),
        (dt.datetime(2016, 10, 29, 23, 30, tzinfo=dt.UTC), "2016-10-30"),
        (dt.datetime(2016, 10, 31, 0, 30, tzinfo=dt.UTC), "2016-10-31"),
        (dt.datetime(2016, 10, 30, 23, 59, 59, tzinfo=dt.UTC), "2016-10-30"),
    ],
)
def test_a_story_of_the_night_belongs_to_its_local_day(client, moment, day):
    posted("Night story", moment)
    date = dt.date.fromisoformat(day)

    for step, expected in ((-1, []), (0, ["Night story"]), (1, [])):
        other = date + dt.timedelta(days=step)
        filtered = client.get(f"/latest/?from={other}&to={other}")
        assert headlines(filtered) == expected
        assert headlines(client.get(f"/{other:%Y/%m/%d}/")) == expected
    assert client.get(f"/{date:%Y/%m/%d}/night-story/").status_code == 200


def test_archives_lead_to_the_nearest_days_months_and_years_with_stories(client):
    posted("First", dt.datetime(2014, 3, 31, 23, 30, tzinfo=dt.UTC))
    posted("Here", dt.datetime(2016, 12, 13, 12, tzinfo=dt.UTC))
    posted("Last", dt.datetime(2016, 12, 30, 12, tzinfo=dt.UTC))
    withdraw(posted("Gone", dt.datetime(2016, 12, 14, 12, tzinfo=dt.UTC)), by=None)

    def beside(address):
        page = client.get(address)
        return [page.context[name] and page.context[name]["url"] for name in ("earlier", "later")]

    assert beside("/2016/12/13/") == ["/2014/04/01/", "/2016/12/30/"]
    assert beside("/2016/12/") == ["/2014/04/", None]
    assert beside("/2015/") == ["/2014/", "/2016/"]
    assert beside("/2014/04/01/") == [None, "/2016/12/13/"]


def test_archives_name_the_months_and_days_that_have_stories(client):
    posted("March", dt.datetime(2016, 3, 31, 23, 30, tzinfo=dt.UTC))
    posted("December", dt.datetime(2016, 12, 13, 12, tzinfo=dt.UTC))
    withdraw(posted("May", dt.datetime(2016, 5, 1, 12, tzinfo=dt.UTC)), by=None)

    year, month = client.get("/2016/"), client.get("/2016/12/")

    assert [each["text"] for each in year.context["months"] if each["url"]] == ["April", "December"]
    assert [
        cell["url"]
        for week in month.context["calendar"]["weeks"]
        for cell in week
        if cell and cell["url"]
    ] == ["/2016/12/13/"]
    assert [crumb["url"] for crumb in client.get("/2016/12/13/").context["up"]] == [
        "/2016/",
        "/2016/12/",
    ]


def test_the_list_of_topics_holds_those_with_live_stories(client):
    make_story(topics=["Élections", "Syria", "2016"])
    withdraw(make_story(at=NOON, topics=["Secret"]), by=None)
    make_topic("Unused")

    groups = client.get("/topics/").context["groups"]

    assert [group["letter"] for group in groups] == ["E", "S", "#"]


def test_another_name_of_a_topic_redirects(client):
    make_story(topics=["Old name"])
    merge([make_topic("Old name")], make_topic("New name"), by=None)

    answer = client.get("/topics/old-name/")

    assert (answer.status_code, answer.url) == (301, "/topics/new-name/")


def test_a_story_stands_once_on_the_front_page(client):
    make_stories({"section": f"Section {number % 3}", "at": NOON} for number in range(36))

    context = client.get("/").context
    shown = [context["lead"], *context["seconds"], *context["latest"]]
    shown += [edition for strip in context["strips"] for edition in strip["editions"]]

    assert len({edition.uuid for edition in shown}) == len(shown) == 27
    assert len(context["strips"]) == 3


def test_an_author_without_live_stories_is_not_there(client, clock):
    post = make_story("Withdrawn", authors=["Anna Brown"])
    assert "Anna Brown" in client.get("/authors/anna-brown/").text
    clock.shift(HOUR)
    withdraw(post, by=None)
    make_post("Draft", authors=["Nobody Yet"])

    for slug in ("anna-brown", "nobody-yet"):
        for file in ("", "rss.xml", "atom.xml", "feed.json"):
            assert client.get(f"/authors/{slug}/{file}").status_code == 404, (slug, file)
        assert slug not in client.get("/sitemaps/authors.xml").text
