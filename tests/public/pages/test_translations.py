"""A story that is told in several languages."""

import datetime as dt
import json

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from articles.publishing.steps.publish import publish
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_link, make_post, make_story

from ..addresses import HOUR, NOON, SECOND
from ..schemas import assert_fits

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
ENGLISH = "/2026/06/01/the-last-tram/"
FRENCH = "/2026/06/01/le-dernier-tram/"
GERMAN = "/2026/06/01/die-letzte-tram/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def original():
    return make_story("The last tram", slug="the-last-tram", language="en-gb")


def translation(original, language="fr", slug="le-dernier-tram"):
    return make_post(
        f"In {language}", slug=slug, language=language, translation_of=original, standfirst="S."
    )


def tree(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return html.fromstring(response.content)


def offered(client, address):
    """The other languages that a page offers to its reader: {language: address}."""
    links = tree(client, address).xpath("//p[@class='languages']/a")
    assert all(link.get("lang") == link.get("hreflang") for link in links)
    return {link.get("hreflang"): link.get("href") for link in links}


def alternates(client, address):
    """What the page's head tells machines about languages: {language: whole address}."""
    links = tree(client, address).xpath("//head/link[@rel='alternate'][@hreflang]")
    return {link.get("hreflang"): link.get("href") for link in links}


def article(client, address):
    text = tree(client, address).findtext(".//script[@type='application/ld+json']")
    return next(t for t in json.loads(text)["@graph"] if t["@type"] == "NewsArticle")


def test_a_story_in_one_language_says_nothing_of_languages(client, original):
    translation(original)  # on the desk only

    assert offered(client, ENGLISH) == {}
    assert alternates(client, ENGLISH) == {}
    assert "workTranslation" not in article(client, ENGLISH)


def test_each_language_leads_to_the_others(client, original):
    publish(translation(original), by=None)
    publish(translation(original, "de", "die-letzte-tram"), by=None)

    assert offered(client, ENGLISH) == {"de": GERMAN, "fr": FRENCH}
    assert offered(client, FRENCH) == {"en-gb": ENGLISH, "de": GERMAN}
    assert offered(client, GERMAN) == {"en-gb": ENGLISH, "fr": FRENCH}


def test_a_language_is_called_by_its_own_name(client, original):
    publish(translation(original), by=None)
    publish(translation(original, "xx-none", "unknown"), by=None)

    links = tree(client, ENGLISH).xpath("//p[@class='languages']/a/text()")

    assert links == ["Français", "xx-none"]


def test_machines_are_told_the_same_on_every_page_of_a_family(client, original):
    publish(translation(original), by=None)

    assert alternates(client, ENGLISH) == alternates(client, FRENCH)
    assert alternates(client, ENGLISH) == {
        "en-gb": SITE + ENGLISH,
        "fr": SITE + FRENCH,
        "x-default": SITE + ENGLISH,
    }


def test_the_article_names_its_translation_and_the_translation_its_original(client, original):
    publish(translation(original), by=None)

    (french,) = article(client, ENGLISH)["workTranslation"]
    english = article(client, FRENCH)["translationOfWork"]

    assert (french["url"], french["inLanguage"]) == (SITE + FRENCH, "fr")
    assert french["@id"] == article(client, FRENCH)["@id"]
    assert english["@id"] == article(client, ENGLISH)["@id"]
    assert "workTranslation" not in article(client, FRENCH)


def mapped(client, month="2026-06"):
    """What a month's map tells of languages: {whole address: {language: whole address}}."""
    root = assert_fits(client.get(f"/sitemaps/{month}.xml").content, "sitemap")
    return {
        line.findtext("{*}loc"): {
            link.get("hreflang"): link.get("href") for link in line.findall("{*}link")
        }
        for line in root
    }


def test_the_map_tells_what_the_pages_tell(client, clock, original):
    make_story("Alone", slug="alone")
    publish(translation(original), by=None)
    publish(translation(original, "de", "die-letzte-tram"), by=None)
    clock.shift(dt.timedelta(days=30))
    later = translation(original, "es", "el-ultimo-tranvia")
    publish(later, by=None)

    june, july = mapped(client), mapped(client, "2026-07")

    assert june.pop(f"{SITE}/2026/06/01/alone/") == {}
    assert july == {
        f"{SITE}/2026/07/01/el-ultimo-tranvia/": alternates(client, later_address(later))
    }
    assert june == {SITE + path: alternates(client, path) for path in (ENGLISH, FRENCH, GERMAN)}
    assert set(june[SITE + ENGLISH]) == {"en-gb", "fr", "de", "es", "x-default"}


def later_address(post):
    return post.editions.get().get_absolute_url()


def test_the_map_names_a_language_from_its_second_to_its_last(client, clock, original):
    post = translation(original)
    schedule(post, by=None, at=NOON + HOUR)
    clock.move_to(NOON + HOUR - SECOND)
    assert mapped(client) == {SITE + ENGLISH: {}}
    clock.move_to(NOON + HOUR)
    withdraw(post, by=None, at=NOON + 2 * HOUR)

    for moment, languages in (
        (NOON + HOUR, {"en-gb", "fr", "x-default"}),
        (NOON + 2 * HOUR - SECOND, {"en-gb", "fr", "x-default"}),
        (NOON + 2 * HOUR, set()),
    ):
        clock.move_to(moment)
        assert set(mapped(client)[SITE + ENGLISH]) == languages


def test_a_map_takes_one_query_more_for_all_languages(client, clock, original):
    def cost():
        client.get("/robots.txt")
        with CaptureQueriesContext(connection) as queries:
            client.get("/sitemaps/2026-06.xml")
        return len(queries)

    one = cost()
    for number in range(9):
        publish(translation(original, f"x-{number}", f"tram-{number}"), by=None)

    assert cost() == one == 3


def test_a_translation_is_offered_from_its_second_and_not_before(client, clock, original):
    schedule(translation(original), by=None, at=NOON + HOUR)

    clock.move_to(NOON + HOUR - SECOND)
    assert offered(client, ENGLISH) == alternates(client, ENGLISH) == {}
    assert "In fr" not in client.get(ENGLISH).text
    clock.move_to(NOON + HOUR)
    assert offered(client, ENGLISH) == {"fr": FRENCH}
    assert set(alternates(client, ENGLISH)) == {"en-gb", "fr", "x-default"}
    assert "In fr" in client.get(ENGLISH).text


def test_a_withdrawn_story_is_offered_until_its_second(client, clock, original):
    post = translation(original)
    publish(post, by=None)
    withdraw(original, by=None, at=NOON + HOUR)

    clock.move_to(NOON + HOUR - SECOND)
    assert offered(client, FRENCH) == {"en-gb": ENGLISH}
    clock.move_to(NOON + HOUR)
    assert offered(client, FRENCH) == alternates(client, FRENCH) == {}
    assert "translationOfWork" not in article(client, FRENCH)


def test_without_the_original_nothing_is_the_default(client, clock, original):
    publish(translation(original), by=None)
    publish(translation(original, "de", "die-letzte-tram"), by=None)
    clock.shift(SECOND)
    withdraw(original, by=None)

    assert alternates(client, FRENCH) == {"de": SITE + GERMAN, "fr": SITE + FRENCH}


def test_a_family_is_frozen_with_the_edition(client, clock, original):
    post = translation(original)
    publish(post, by=None)
    post.refresh_from_db()
    post.translation_of = None
    post.save()
    assert offered(client, ENGLISH) == {"fr": FRENCH}

    schedule(post, by=None, at=NOON + HOUR)
    clock.move_to(NOON + HOUR)

    assert offered(client, ENGLISH) == {}


def test_languages_cost_no_query_of_their_own(client, original):
    linked = make_post("With links", slug="with-links", topics=["Syria"])
    make_link(linked, original)
    publish(linked, by=None)
    address = "/2026/06/01/with-links/"
    few = cost(client, address)
    for language in ("fr", "de", "it", "es", "pl"):
        publish(translation(linked, language, f"in-{language}"), by=None)

    assert len(offered(client, address)) == 5
    assert cost(client, address) <= few <= 4


def cost(client, address):
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def test_a_preview_offers_the_languages_that_readers_have(client, editor, original):
    post = translation(original)
    client.force_login(editor)

    page = client.get(f"/admin/articles/post/{post.pk}/preview/")

    assert f'href="{ENGLISH}"' in page.text
