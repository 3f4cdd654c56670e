"""oEmbed: how other sites show a link to one of our stories."""

import datetime as dt

import pytest
from lxml import etree

from articles.publishing.steps.publish import publish
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_photo, make_post, make_story, rewrite

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2016, 12, 13, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
STORY = "http://testserver/2016/12/13/aleppo/"


@pytest.fixture
def story(db):
    return make_story(
        "Aleppo </b> & more",
        slug="aleppo",
        authors=["Anna Brown"],
        photo=make_photo(),
        now=NOON,
    )


def test_a_story_is_a_link_with_a_thumbnail(client, story):
    answer = client.get("/oembed/", {"url": STORY})

    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    said = answer.json()
    thumbnail = said.pop("thumbnail_url")
    assert thumbnail.startswith("http://testserver/media/renditions/")
    assert said == {
        "version": "1.0",
        "type": "link",
        "title": "Aleppo </b> & more",
        "author_name": "Anna Brown",
        "author_url": "http://testserver/authors/anna-brown/",
        "provider_name": "Newsroom",
        "provider_url": "http://testserver/",
        "thumbnail_width": 800,
        "thumbnail_height": 533,
    }


def test_the_same_is_said_in_xml(client, story):
    answer = client.get("/oembed/", {"url": STORY, "format": "xml"})

    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    root = etree.fromstring(answer.content)
    said = {element.tag: element.text for element in root}
    expected = client.get("/oembed/", {"url": STORY}).json()
    assert said == {name: str(value) for name, value in expected.items()}


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ({"maxwidth": "500"}, 480),
        ({"maxheight": "200"}, 240),
        ({"maxwidth": "200"}, 160),
        ({"maxwidth": "9999", "maxheight": "9999"}, 1200),
        ({"maxwidth": "100"}, None),
    ],
)
def test_a_thumbnail_is_no_larger_than_asked_for(client, story, size, expected):
    said = client.get("/oembed/", {"url": STORY} | size).json()

    assert said.get("thumbnail_width") == expected
    assert ("thumbnail_url" in said) == (expected is not None)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 400),
        ({"url": ""}, 400),
        ({"url": "nonsense"}, 400),
        ({"url": "javascript:alert(1)"}, 400),
        ({"url": "http://[/"}, 400),
        ({"url": "http://testserver/" + "x" * 5000}, 400),
        ({"url": STORY, "maxwidth": "-1"}, 400),
        ({"url": STORY, "maxwidth": "0"}, 400),
        ({"url": STORY, "maxheight": "wide"}, 400),
        ({"url": STORY, "format": "yaml"}, 400),
        ({"url": "https://elsewhere.example/2016/12/13/aleppo/"}, 404),
        ({"url": "http://testserver/latest/"}, 404),
        ({"url": "http://testserver/2016/13/45/aleppo/"}, 404),
        ({"url": "http://testserver/2016/12/13/other/"}, 404),
        ({"url": "http://testserver/%00"}, 404),
    ],
)
def test_what_makes_no_sense_is_refused(client, story, query, status):
    assert client.get("/oembed/", query).status_code == status


def test_an_older_address_finds_the_story(client, story):
    story.slug = "renamed"
    story.save()
    publish(story, by=None, now=NOON + HOUR)

    assert client.get("/oembed/", {"url": STORY}).json()["title"] == "Aleppo </b> & more"


def test_an_address_to_come_finds_nothing_yet(client, editor, story, time_machine):
    story.slug = "renamed"
    story.save()
    rewrite(story, "Other.")
    time_machine.move_to(NOON + HOUR)
    schedule(story, by=editor, at=NOON + 2 * HOUR, now=NOON + HOUR)
    to_come = {"url": STORY.replace("aleppo", "renamed")}

    assert client.get("/oembed/", to_come).status_code == 404
    time_machine.move_to(NOON + 2 * HOUR)
    assert client.get("/oembed/", to_come).status_code == 200


def test_a_withdrawn_story_and_a_draft_are_not_found(client, editor, story):
    withdraw(story, by=editor)
    make_post("Draft", slug="draft")

    assert client.get("/oembed/", {"url": STORY}).status_code == 404
    assert client.get("/oembed/", {"url": STORY.replace("aleppo", "draft")}).status_code == 404


def test_the_story_leads_to_it(client, story):
    page = client.get("/2016/12/13/aleppo/").content.decode()

    path = "http://testserver/oembed/?url=http%3A%2F%2Ftestserver%2F2016%2F12%2F13%2Faleppo%2F"
    assert f'href="{path}"' in page
    assert client.get(path).status_code == 200


def test_it_takes_one_query_and_the_sites_version(client, story, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        client.get("/oembed/", {"url": STORY})
