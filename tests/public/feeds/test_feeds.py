"""Feeds: what readers' programs are told, in three formats."""

import datetime as dt
import json

import feedparser
import pytest
from django.utils.http import urlencode

from articles.models import Author, Edition, Section, Topic, TopicAlias
from articles.publishing.steps.publish import publish
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from tests.builders import (
    make_link,
    make_photo,
    make_post,
    make_section,
    make_stories,
    make_story,
    make_topic,
)
from tests.public.schemas import assert_fits

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2016, 12, 13, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)
FILES = ("rss.xml", "atom.xml", "feed.json")
XML_FILES = (("rss.xml", "rss"), ("atom.xml", "atom"))
HOSTILE = 'Cats & <dogs>\x0b "fight" ]]> </script> \x01😀'


def whole_story(headline="Aleppo", **fields):
    """A story that has everything a feed can tell."""
    target = make_story("Another story", slug=f"another-{headline[:2].lower()}", now=NOON)
    post = make_post(
        headline,
        standfirst="The <b>standfirst</b> & more.",
        text='<p>Words. <a href="/2016/">The year</a> <a href="https://example.org/?a=1&amp;b=2">x</a></p>',
        photo=make_photo(caption="A street.", credit="PA Images", alt="Broken houses."),
        topics=["Syria", "Labour"],
        authors=["Anna Brown", "Ben Fry"],
        **fields,
    )
    make_link(post, target, label="watch")
    publish(post, by=None, now=NOON + HOUR)
    return post


def get(client, path):
    """The feed at a path, parsed by feedparser for the XML formats."""
    response = client.get(path)
    assert response.status_code == 200
    if path.endswith(".json"):
        return response.json()
    headers = {"content-type": response.headers["Content-Type"]}
    parsed = feedparser.parse(response.content, response_headers=headers)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


@pytest.mark.parametrize(
    "place", ["feeds", "sections/politics", "topics/syria", "authors/anna-brown"]
)
def test_every_list_has_its_feeds(client, place):
    whole_story()

    assert get(client, f"/{place}/rss.xml").entries[0].title == "Aleppo"
    assert get(client, f"/{place}/atom.xml").entries[0].title == "Aleppo"
    assert get(client, f"/{place}/feed.json")["items"][0]["title"] == "Aleppo"


@pytest.mark.parametrize(("file", "schema"), XML_FILES)
def test_a_feed_is_what_its_specification_says(client, file, schema):
    whole_story()
    whole_story(HOSTILE.replace("\x01", ""), slug="hostile")

    assert_fits(client.get(f"/feeds/{file}").content, schema)


@pytest.mark.parametrize(("file", "schema"), XML_FILES)
def test_a_feed_without_stories_is_valid_and_stays_the_same(client, file, schema):
    make_section("World")

    first, second = (client.get(f"/sections/world/{file}") for _ in range(2))

    assert_fits(first.content, schema)
    assert first.headers["ETag"] == second.headers["ETag"]


@pytest.mark.parametrize(
    ("file", "content_type"),
    [
        ("rss.xml", "application/rss+xml; charset=utf-8"),
        ("atom.xml", "application/atom+xml; charset=utf-8"),
        ("feed.json", "application/feed+json; charset=utf-8"),
    ],
)
def test_a_feed_says_what_it_is(client, file, content_type):
    assert client.get(f"/feeds/{file}").headers["Content-Type"] == content_type


def test_rss_tells_all_of_a_story(client):
    post = whole_story()

    feed = get(client, "/feeds/rss.xml")
    entry = feed.entries[0]

    assert (entry.id, entry.guidislink) == (f"urn:uuid:{post.uuid}", False)
    assert entry.link == "http://testserver/2016/12/13/aleppo/"
    assert entry.published_parsed[:5] == (2016, 12, 13, 13, 0)
    assert [author.name for author in entry.authors] == ["Anna Brown", "Ben Fry"]
    assert [tag.term for tag in entry.tags] == ["Politics", "Syria", "Labour"]
    assert entry.media_content[0]["url"].startswith("http://testserver/media/renditions/")
    assert entry.media_credit[0]["content"] == "PA Images"
    assert "Words." in entry.content[0].value
    assert feed.feed.links[-1].href == "http://testserver/feeds/rss.xml"


def test_the_text_of_a_feed_can_be_read_anywhere(client):
    whole_story()

    text = get(client, "/feeds/feed.json")["items"][0]["content_html"]

    assert 'href="http://testserver/2016/"' in text
    assert 'href="https://example.org/?a=1&amp;b=2"' in text
    assert 'href="http://testserver/2016/12/13/another-al/"' in text
    assert "WATCH" in text.upper()
    assert 'src="http://testserver/media/' in text
    assert " 480w" in text
    assert '"/' not in text


def test_atom_names_authors_with_their_pages(client):
    post = whole_story()

    entry = get(client, "/feeds/atom.xml").entries[0]

    assert entry.id == f"urn:uuid:{post.uuid}"
    assert [author.href for author in entry.authors] == [
        "http://testserver/authors/anna-brown/",
        "http://testserver/authors/ben-fry/",
    ]
    assert entry.summary == "The <b>standfirst</b> & more."


def test_json_feed_has_what_version_1_1_asks_for(client):
    whole_story()

    feed = client.get("/sections/politics/feed.json").json()

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["home_page_url"] == "http://testserver/sections/politics/"
    assert feed["feed_url"] == "http://testserver/sections/politics/feed.json"
    item = feed["items"][0]
    assert isinstance(item["id"], str)
    assert item["date_published"] == "2016-12-13T13:00:00+00:00"
    assert item["authors"][0] == {
        "name": "Anna Brown",
        "url": "http://testserver/authors/anna-brown/",
    }
    assert item["_picture"]["credit"] == "PA Images"
    for line in (feed, *feed["items"]):
        assert not [name for name, value in line.items() if value is None]


@pytest.mark.parametrize("file", FILES)
def test_hostile_words_come_through_as_words(client, file):
    make_story(HOSTILE.replace("\x01", ""), standfirst=HOSTILE, slug="x", now=NOON)

    feed = get(client, f"/feeds/{file}")
    entry = feed["items"][0] if file.endswith("json") else feed.entries[0]

    assert entry["title"] == 'Cats & <dogs> "fight" ]]> </script> 😀'


def test_summaries_in_place_of_the_text_by_a_setting(client, settings):
    settings.FEEDS_IN_FULL = False
    whole_story()

    for file, schema in XML_FILES:
        response = client.get(f"/feeds/{file}")
        assert_fits(response.content, schema)
        assert b"Words." not in response.content
    item = client.get("/feeds/feed.json").json()["items"][0]
    assert item["content_text"] == "The <b>standfirst</b> & more."
    assert "content_html" not in item


def test_a_correction_is_told_in_the_text(client):
    post = make_story("Aleppo", now=NOON)
    post.change_kind, post.change_note = "correction", "The date was wrong."
    post.save()
    publish(post, by=None, now=NOON + HOUR)

    for file in FILES:
        assert "The date was wrong." in client.get(f"/feeds/{file}").content.decode()
    assert get(client, "/feeds/atom.xml").entries[0].updated_parsed[:4] == (2016, 12, 13, 13)


def test_a_link_to_a_story_that_is_not_live_is_not_in_the_text(client):
    post = make_post("Shown")
    make_link(post, make_post("Hidden headline"))
    publish(post, by=None, now=NOON)

    assert "Hidden" not in client.get("/feeds/feed.json").content.decode()


@pytest.mark.parametrize("file", FILES)
def test_a_program_that_has_the_feed_is_told_so(client, file):
    make_story(now=NOON)
    first = client.get(f"/feeds/{file}")

    again = client.get(f"/feeds/{file}", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_a_silent_change_changes_the_feed(client):
    post = make_story(now=NOON)
    tag = client.get("/feeds/rss.xml").headers["ETag"]
    publish(post, by=None, now=NOON + HOUR)

    response = client.get("/feeds/rss.xml", headers={"If-None-Match": tag})

    assert response.status_code in {200, 304}
    assert "Last-Modified" not in response.headers


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    "place", ["feeds", "sections/politics", "topics/syria", "authors/anna-brown"]
)
def test_a_feed_takes_three_queries_however_many_stories_there_are(
    client, file, place, django_assert_max_num_queries
):
    target = make_story("Target", now=NOON)
    rich = {"topics": ["Syria"], "authors": ["Anna Brown"], "links": [target]}
    make_stories({"at": NOON + number * HOUR, **rich} for number in range(30))

    with django_assert_max_num_queries(3):
        client.get(f"/{place}/{file}")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/feeds/rss.xml", 200),
        ("/sections/world/rss.xml", 200),
        ("/topics/sy/rss.xml", 301),
        ("/topics/syria/rss.xml?before=20000101T000000.000000Z-1", 200),
    ],
)
def test_a_feed_without_stories_takes_three_queries_too(
    client, path, status, django_assert_max_num_queries
):
    make_story(topics=["Syria"], now=NOON)
    TopicAlias.objects.create(topic=make_topic("Syria"), name="SY", slug="sy")
    make_section("World")

    with django_assert_max_num_queries(3):
        assert client.get(path).status_code == status


def test_a_feed_says_what_its_list_is_about_with_and_without_stories(client):
    make_story(section="World", topics=["Syria"], authors=["Anna Brown"], now=NOON)
    Section.objects.update(description="All of the world.")
    Topic.objects.update(description="A country.")
    Author.objects.update(bio="Writes on the world.")
    past = "?before=20000101T000000.000000Z-1"

    for place, words in (
        ("sections/world", "All of the world."),
        ("topics/syria", "A country."),
        ("authors/anna-brown", "Writes on the world."),
    ):
        for query, count in (("", 1), (past, 0)):
            feed = client.get(f"/{place}/feed.json{query}").json()
            assert (feed["description"], len(feed["items"])) == (words, count)
            assert feed["home_page_url"] == f"http://testserver/{place}/"


def test_a_body_of_an_older_renderer_costs_one_more_query(
    client, django_assert_max_num_queries, monkeypatch
):
    for _ in range(5):
        make_story(text="<p>Old words.</p>", now=NOON)
    monkeypatch.setattr("articles.publishing.editions.render.RENDERER", 99)
    monkeypatch.setattr("articles.public.feeds.content.RENDERER", 99)

    with django_assert_max_num_queries(4):
        assert b"Old words." in client.get("/feeds/rss.xml").content


def test_older_stories_are_on_the_feeds_next_page(client):
    make_stories(
        {"headline": f"Story {number}", "at": NOON + number * HOUR} for number in range(25)
    )

    first = client.get("/feeds/feed.json").json()
    second = client.get(first["next_url"]).json()

    titles = [item["title"] for item in [*first["items"], *second["items"]]]
    assert titles == [f"Story {number}" for number in reversed(range(25))]
    assert second["feed_url"] == first["next_url"]


def test_a_feed_does_not_repeat_parameters_that_mean_nothing(client):
    feed = client.get("/feeds/feed.json?" + urlencode({"utm": "<x>"})).json()

    assert feed["feed_url"] == "http://testserver/feeds/feed.json"


def test_another_name_of_a_topic_leads_to_its_feed(client):
    make_story(topics=["Syria"], now=NOON)
    TopicAlias.objects.create(topic=make_topic("Syria"), name="SY", slug="sy")
    TopicAlias.objects.create(topic=make_topic("Secret"), name="SE", slug="se")
    assert client.get("/topics/secret/atom.xml").status_code == 404
    assert client.get("/topics/se/atom.xml").status_code == 404

    response = client.get("/topics/sy/atom.xml")

    assert (response.status_code, response.headers["Location"]) == (301, "/topics/syria/atom.xml")


@pytest.mark.parametrize(
    "path", ["/feeds/rss", "/feeds/rss.xml/", "/topics/none/rss.xml", "/sections/none/feed.json"]
)
def test_a_feed_of_nothing_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    "path",
    [
        "feeds/{}",
        "sections/politics/{}",
        "topics/syria/{}",
        "authors/anna-brown/{}",
        "search/{}?q=words",
    ],
)
def test_embargo_and_withdrawal_hold_to_the_second_in_every_feed(
    client, editor, time_machine, path, file
):
    time_machine.move_to(NOON, tick=False)
    lists = {"topics": ["Syria"], "authors": ["Anna Brown"]}
    make_story("Shown", now=NOON, **lists)
    post = make_post("MARKER", text="<p>Marked words.</p>", **lists)
    schedule(post, by=editor, at=NOON + HOUR)
    seen = []

    for moment in (NOON + HOUR - SECOND, NOON + HOUR, NOON + 2 * HOUR - SECOND, NOON + 2 * HOUR):
        time_machine.move_to(moment, tick=False)
        if moment == NOON + HOUR:
            withdraw(post, by=editor, at=NOON + 2 * HOUR)
        words = client.get("/" + path.format(file)).content.decode()
        assert "Shown" in words
        assert ("MARKER" in words) == ("Marked words." in words)
        seen.append("MARKER" in words)

    assert seen == [False, True, True, False]


def test_the_hub_is_named_when_there_is_one(client, settings):
    make_story(now=NOON)
    assert "hubs" not in client.get("/feeds/feed.json").json()

    settings.WEBSUB_HUB = "https://hub.example.org/"
    settings.SITE_URL = "https://news.example.org"

    for file in ("rss.xml", "atom.xml"):
        links = {link.rel: link.href for link in get(client, f"/feeds/{file}").feed.links}
        assert links["hub"] == "https://hub.example.org/"
        assert links["self"] == f"https://news.example.org/feeds/{file}"
    assert client.get("/feeds/feed.json").json()["hubs"] == [
        {"type": "WebSub", "url": "https://hub.example.org/"}
    ]


def test_a_post_is_told_once_whatever_its_editions(client):
    post = make_story(now=NOON)
    for number in range(1, 4):
        publish(post, by=None, now=NOON + number * HOUR)

    assert Edition.objects.count() == 4
    assert len(client.get("/feeds/feed.json").json()["items"]) == 1


def test_feeds_are_only_read(client):
    assert client.post("/feeds/rss.xml").status_code == 405


def test_programs_in_browsers_may_read_feeds(client):
    assert client.get("/feeds/feed.json").headers["Access-Control-Allow-Origin"] == "*"
    assert json.loads(client.get("/feeds/feed.json").content)


@pytest.mark.parametrize("file", FILES)
def test_an_entry_follows_what_it_shows_of_others(client, file):
    whole_story()
    old = client.get(f"/feeds/{file}").text
    target = Edition.objects.get(headline="Another story")

    withdraw(target.post, by=None, now=NOON + HOUR + SECOND)
    Author.objects.filter(name="Anna Brown").update(slug="anna-green")
    Section.objects.update(name="Foreign affairs")
    new = client.get(f"/feeds/{file}").text

    assert target.get_absolute_url() in old
    assert target.get_absolute_url() not in new
    assert "Foreign affairs" in new
    if file != "rss.xml":  # which has names alone
        assert "/authors/anna-green/" in new
