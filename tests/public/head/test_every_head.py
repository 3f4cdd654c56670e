"""What every page tells search engines and sharing sites: what it is, if anything."""

import json

import pytest
import time_machine
from lxml import html

from articles.desk.blocks import Caption
from articles.publishing.steps.publish import publish
from tests.builders import make_photo, make_post, make_section, make_story
from tests.public.addresses import HOUR, NOON, make_site

pytestmark = pytest.mark.django_db

PAGES = ("/", "/latest/", "/topics/", "/topics/?letter=S", "/topics/syria/", "/corrections/")
PAGES += ("/feeds/", "/search/", "/search/?q=words", "/search/?q=nothing", "/2026/", "/2026/06/")
PAGES += (
    "/2026/06/01/",
    "/sections/politics/",
    "/authors/anna-brown/",
    "/1999/",
    "/latest/?topic=no",
)
PAGES += ("/2026/06/01/main-story/", "/2026/06/01/earlier-story/", "/sections/empty/")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON + HOUR, tick=False):
        yield


def head(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return html.fromstring(answer.content)


def meta(tree, name):
    return tree.xpath("//head/meta[@name=$name or @property=$name]/@content", name=name)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_description_and_one_picture_for_sharing(client, path):
    make_site()
    make_section("Empty")
    tree = head(client, path)

    (description,) = meta(tree, "description")
    assert description.strip()
    assert len(meta(tree, "og:image")) == 1
    assert len(tree.xpath("//head/title")) == 1


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/latest/?topic=nope", "/latest/"),
        ("/latest/?from=2030-01-01", "/latest/"),
        ("/latest/?from=soon", "/latest/"),
        ("/latest/?section=nowhere", "/latest/"),
        ("/latest/?author=nobody", "/latest/"),
        ("/1999/", "/1999/"),
        ("/2026/05/", "/2026/05/"),
        ("/2026/05/30/", "/2026/05/30/"),
        ("/sections/empty/", "/sections/empty/"),
    ],
)
def test_a_list_of_nothing_and_a_wrong_filter_are_not_indexed(client, path, canonical):
    make_site()
    make_section("Empty")
    tree = head(client, path)

    assert meta(tree, "robots") == ["noindex"]
    assert tree.xpath("//link[@rel='canonical']/@href") == [f"http://testserver{canonical}"]


@pytest.mark.parametrize(
    "path", ["/", "/latest/", "/latest/?topic=syria", "/2026/", "/topics/syria/"]
)
def test_a_list_of_stories_is_indexed(client, path):
    make_site()

    assert meta(head(client, path), "robots") == []


def test_the_front_page_is_called_what_the_site_is(client, settings):
    settings.STRAPLINE = "News of the valley"
    make_site()

    title = head(client, "/").findtext(".//title").strip()

    assert title == "Newsroom · News of the valley"


def test_a_list_is_shared_with_the_picture_of_its_first_story_that_has_one(client):
    make_story("Pictured", photo=make_photo(alt="Broken houses."), section="World")
    make_story("Plain")

    for path in ("/", "/latest/", "/sections/world/"):
        tree = head(client, path)
        assert "/renditions/" in meta(tree, "og:image")[0], path
        assert meta(tree, "og:image:alt") == ["Broken houses."]


def test_a_story_is_shared_with_the_picture_in_its_body_else_the_sites_own(client):
    post = make_post("Inside", slug="inside")
    Caption.objects.create(parent=post, region="body", ordering=20, photo=make_photo())
    publish(post, by=None)
    make_story("Plain", slug="plain")

    assert "/renditions/" in meta(head(client, "/2026/06/01/inside/"), "og:image")[0]
    own = meta(head(client, "/2026/06/01/plain/"), "og:image")
    assert own == ["http://testserver/static/share.png"]


def test_a_story_without_a_byline_is_the_newsrooms(client):
    make_story("Plain", slug="plain")

    text = head(client, "/2026/06/01/plain/").findtext(".//script[@type='application/ld+json']")

    article = next(t for t in json.loads(text)["@graph"] if t["@type"] == "NewsArticle")
    (author,) = article["author"]
    assert (author["@type"], author["name"]) == ("Organization", "Newsroom")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_each_id_once_and_puts_no_link_into_another(client, path):
    make_site()
    make_section("Empty")
    tree = head(client, path)

    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert tree.xpath("//a//a | //a//button | //button//a | //p//p | //h2//h3") == []
    assert len(tree.xpath("//h1")) == len(tree.xpath("//main")) == 1
