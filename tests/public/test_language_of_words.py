"""Words of another language than the page's say so, and which way they run."""

import datetime as dt

import pytest
import time_machine
from lxml import html

from articles.models import Breaking
from articles.publishing.invalidation.invalidate import invalidate
from articles.publishing.steps.publish import publish
from tests.builders import make_link, make_post, make_story, make_user

from .addresses import HOUR, NOON

pytestmark = pytest.mark.django_db

ARABIC = "الترام الأخير"
SHARED = {"topics": ["Trams"], "authors": ["Anna Brown"]}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def arabic(clock):
    """A story told in Arabic alone, corrected; and one in English that leads to it."""
    post = make_story(ARABIC, slug="arabic", language="ar", **SHARED)
    clock.shift(dt.timedelta(seconds=1))
    post.change_kind, post.change_note = "correction", "تصحيح"
    post.save()
    publish(post, by=None)
    english = make_post("English", slug="english", language="en-gb", **SHARED)
    make_link(english, post)
    publish(english, by=None)
    return post


def spoken(client, path, words=ARABIC):
    """The language and the way of every place where a page shows these words."""
    tree = html.fromstring(client.get(path).content)
    places = [
        each
        for each in tree.find("body").iter("a", "span", "h1", "p")
        if each.text and words in each.text
    ]
    return {
        (
            place.xpath("string(ancestor-or-self::*[@lang][1]/@lang)"),
            place.xpath("string(ancestor-or-self::*[@dir][1]/@dir)"),
        )
        for place in places
    }


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/latest/",
        "/sections/politics/",
        "/topics/trams/",
        "/authors/anna-brown/",
        "/2026/06/01/",
        "/corrections/",
        "/2026/06/01/english/",
        "/2026/06/01/arabic/",
        "/latest/?language=ar",
    ],
)
def test_an_arabic_headline_says_its_language_and_its_way_everywhere(client, arabic, path):
    assert spoken(client, path) == {("ar", "rtl")}


def test_a_result_of_a_search_says_its_language(client, arabic):
    tree = html.fromstring(client.get("/search/", {"q": ARABIC}).content)

    (card,) = tree.xpath("//article")
    assert (card.get("lang"), card.get("dir")) == ("ar", "rtl")


def test_the_pages_own_words_on_an_arabic_card_stay_its_own(client, arabic):
    assert ("en-gb", "ltr") in spoken(client, "/latest/", "Politics")


def test_an_english_card_says_nothing_of_its_language(client, arabic):
    assert spoken(client, "/latest/", "English") == {("en-gb", "ltr")}


@pytest.mark.parametrize(("line", "said"), [(ARABIC, ("ar", "rtl")), ("Trams", ("en-gb", "ltr"))])
def test_a_banner_says_the_language_that_its_letters_tell(client, arabic, line, said):
    times = {"live_from": NOON, "live_until": NOON + HOUR}
    Breaking.objects.create(text=line, post=arabic, owner=make_user(), **times)
    invalidate()
    tree = html.fromstring(client.get("/feeds/").content)
    (link,) = tree.xpath("//aside[@class='breaking']//a")

    assert link.xpath("string(ancestor-or-self::*[@lang][1]/@lang)") == said[0]
    assert link.xpath("string(ancestor-or-self::*[@dir][1]/@dir)") == said[1]
