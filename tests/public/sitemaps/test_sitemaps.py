"""Maps for search engines: all of the site, in slices that stay small."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Edition
from articles.public.sitemaps import markup, stories
from articles.public.sitemaps.months import months_between
from articles.publishing.steps.publish import publish
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_author, make_photo, make_post, make_stories, make_story, make_topic
from tests.public.schemas import assert_fits

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2016, 12, 13, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def lines(client, path, schema="sitemap"):
    """The lines of a map: {address: when it last changed, or None}."""
    response = client.get(path)
    assert response.status_code == 200, path
    root = assert_fits(response.content, schema)
    return {
        line.findtext("{*}loc").removeprefix("http://testserver"): line.findtext("{*}lastmod")
        for line in root
    }


def story_of(day, **fields):
    """A story that was posted on a day, and went live then."""
    at = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
    return make_story(at=at, now=at, **fields)


def test_the_index_names_a_map_for_each_month_with_stories(client):
    for day in ((2016, 12, 13), (2016, 12, 14), (2019, 2, 1)):
        story_of(dt.date(*day))

    index = lines(client, "/sitemap.xml", "sitemap_index")

    assert list(index) == [
        "/sitemaps/pages.xml",
        "/sitemaps/2019-02.xml",
        "/sitemaps/2016-12.xml",
    ]


def test_every_map_of_the_index_can_be_read(client):
    story_of(dt.date(2016, 12, 13), topics=["Syria"], authors=["Anna Brown"])

    for path in lines(client, "/sitemap.xml", "sitemap_index"):
        assert lines(client, path)


def test_the_index_of_an_empty_site_is_valid(client):
    make_post()

    assert list(lines(client, "/sitemap.xml", "sitemap_index")) == ["/sitemaps/pages.xml"]


def test_a_map_says_when_the_words_last_changed(client):
    post = make_story("Aleppo", now=NOON)
    post.change_kind, post.change_note = "update", "More is known."
    post.save()
    publish(post, by=None, now=NOON + DAY)
    publish(post, by=None, now=NOON + 2 * DAY)  # a small change

    assert lines(client, "/sitemaps/2016-12.xml") == {
        "/2016/12/13/aleppo/": "2016-12-14T12:00:00+00:00"
    }
    index = lines(client, "/sitemap.xml", "sitemap_index")
    assert index["/sitemaps/2016-12.xml"] == "2016-12-15T12:00:00+00:00"


def test_a_month_changed_when_a_story_was_withdrawn(client, editor):
    make_story(now=NOON)
    withdraw(make_story(now=NOON), by=editor, now=NOON + DAY)

    index = lines(client, "/sitemap.xml", "sitemap_index")

    assert index["/sitemaps/2016-12.xml"] == "2016-12-14T12:00:00+00:00"


def test_nothing_is_said_of_when_a_month_changed_when_it_is_not_known(client, monkeypatch):
    monkeypatch.setattr("articles.public.sitemaps.months.RECENT_CHANGES", 1)
    story_of(dt.date(2016, 12, 13))
    story_of(dt.date(2019, 2, 1))

    index = lines(client, "/sitemap.xml", "sitemap_index")

    assert index["/sitemaps/2019-02.xml"]
    assert index["/sitemaps/2016-12.xml"] is None


def test_a_map_shows_pictures_with_their_credit(client):
    photo = make_photo(caption="A street & more.", credit="PA Images")
    make_story(photo=photo, now=NOON)

    root = assert_fits(client.get("/sitemaps/2016-12.xml").content, "sitemap")

    assert root.findtext(".//{*}caption") == "A street & more. (PA Images)"
    assert root.findtext(".//{*}image/{*}loc").startswith("http://testserver/media/renditions/")


@pytest.mark.parametrize("path", ["2016-11", "2016-13", "2016-00", "1500-01", "2999-12"])
def test_a_month_without_stories_has_no_map(client, path):
    make_story(now=NOON)

    assert client.get(f"/sitemaps/{path}.xml").status_code == 404


def test_days_are_those_of_the_newsroom(client, settings):
    make_story("Late", now=dt.datetime(2016, 5, 31, 23, 30, tzinfo=dt.UTC))

    assert "/2016/06/01/late/" in lines(client, "/sitemaps/2016-06.xml")
    assert client.get("/sitemaps/2016-05.xml").status_code == 404


def test_a_map_is_never_longer_than_a_map_may_be(client, monkeypatch, caplog):
    for _ in range(4):
        make_story(now=NOON)
    monkeypatch.setattr(stories, "MAX_URLS", 3)

    assert len(lines(client, "/sitemaps/2016-12.xml")) == 3
    assert "newest 3" in caplog.text


def test_a_map_is_never_larger_than_a_map_may_be(client, monkeypatch):
    for _ in range(9):
        make_story(now=NOON)
    monkeypatch.setattr(markup, "MAX_BYTES", 1_500)

    assert 0 < len(lines(client, "/sitemaps/2016-12.xml")) < 9
    assert len(client.get("/sitemaps/2016-12.xml").content) <= 1_500


def test_lists_are_mapped_when_they_have_stories(client):
    make_story(topics=["Syria"], authors=["Anna Brown"], now=NOON)
    make_topic("Silence")
    make_author("Nobody")
    make_post(section="Secret")

    pages = lines(client, "/sitemaps/pages.xml")
    assert {"/", "/latest/", "/sections/politics/"} <= set(pages)
    assert "/sections/secret/" not in pages
    assert list(lines(client, "/sitemaps/topics.xml")) == ["/topics/syria/"]
    assert list(lines(client, "/sitemaps/authors.xml")) == ["/authors/anna-brown/"]


def test_the_news_is_what_is_younger_than_two_days(client, time_machine):
    make_story("Young", language="en-gb", now=NOON)
    make_story("Old", now=NOON - DAY - 25 * HOUR)
    time_machine.move_to(NOON + HOUR, tick=False)

    root = assert_fits(client.get("/sitemaps/news.xml").content, "sitemap")

    assert [line.findtext(".//{*}title") for line in root] == ["Young"]
    assert root.findtext(".//{*}language") == "en"
    assert root.findtext(".//{*}publication_date") == "2016-12-13T12:00:00+00:00"


def test_the_news_map_drops_a_story_at_its_second(client, time_machine, settings):
    settings.SHARED_CACHE_SECONDS = 600
    make_story("Oldest", now=NOON)
    make_story("Younger", now=NOON + HOUR)
    too_old = NOON + 2 * DAY
    time_machine.move_to(too_old - dt.timedelta(seconds=10), tick=False)
    before = client.get("/sitemaps/news.xml")
    time_machine.move_to(too_old, tick=False)

    after = client.get("/sitemaps/news.xml", headers={"If-None-Match": before.headers["ETag"]})

    assert "Oldest" in before.text
    assert re.search(r"s-maxage=(\d+)", before.headers["Cache-Control"])[1] in "12345678"
    assert "Oldest" not in after.text
    assert "Younger" in after.text


def test_the_news_map_holds_a_thousand_at_most(client, time_machine, monkeypatch):
    monkeypatch.setattr("articles.public.sitemaps.news.MAX_STORIES", 2)
    for _ in range(3):
        make_story(now=NOON)
    time_machine.move_to(NOON + HOUR, tick=False)

    assert len(lines(client, "/sitemaps/news.xml")) == 2


def test_robots_are_told_where_the_maps_are(client, settings):
    settings.SITE_URL = "https://news.example.org"

    said = client.get("/robots.txt").content.decode()

    assert "User-agent: *\nDisallow: /admin/\nDisallow: /search/\n" in said
    assert "Sitemap: https://news.example.org/sitemap.xml" in said
    assert "Sitemap: https://news.example.org/sitemaps/news.xml" in said


def queries(client, path):
    """The queries that a path takes, once the site's version was asked for."""
    client.get("/robots.txt")
    with CaptureQueriesContext(
        connection,
    ) as taken:
        assert client.get(path).status_code == 200
    return taken.captured_queries


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/sitemap.xml", 7),
        ("/sitemaps/2016-12.xml", 3),
        ("/sitemaps/pages.xml", 2),
        ("/sitemaps/topics.xml", 2),
        ("/sitemaps/authors.xml", 2),
        ("/sitemaps/news.xml", 2),
        ("/robots.txt", 1),
    ],
)
def test_a_map_takes_as_many_queries_for_one_story_as_for_thirty(client, path, most):
    make_story(topics=["Syria"], now=NOON)
    one = len(queries(client, path))
    make_stories(({"topics": ["Syria"]} for _ in range(29)), now=NOON)

    assert len(queries(client, path)) == one <= most


def test_the_index_looks_into_many_years_in_few_queries(client):
    story_of(dt.date(1986, 1, 1))
    story_of(dt.date(2026, 1, 1))

    assert len(queries(client, "/sitemap.xml")) <= 9
    assert len(lines(client, "/sitemap.xml", "sitemap_index")) == 3


def test_months_between_two_days():
    assert months_between(dt.date(2016, 11, 30), dt.date(2017, 1, 1)) == [
        dt.date(2016, 11, 1),
        dt.date(2016, 12, 1),
        dt.date(2017, 1, 1),
    ]


@pytest.mark.postgresql
@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemaps/2016-12.xml", "/sitemaps/news.xml"])
def test_a_map_reads_no_whole_table(client, path):
    make_story(now=NOON)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for query in queries(client, path):
            cursor.execute("EXPLAIN " + query["sql"])
            plan = "\n".join(row[0] for row in cursor.fetchall())
            if Edition._meta.db_table in query["sql"]:
                assert "Seq Scan on articles_edition" not in plan, plan
                assert "Sort Method" not in plan
