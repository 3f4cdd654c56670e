"""Lists hold one language: the site's own, in which every story stands once, or another."""

import json
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree, html

from articles.models import Placement
from articles.publishing.editions.translations import SITE_LANGUAGE, ListLanguage
from articles.publishing.steps.publish import publish
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_post, make_stories, make_story

from ..addresses import HOUR, NOON, SECOND

pytestmark = pytest.mark.django_db

LISTS = (
    "/",
    "/latest/",
    "/latest/?topic=trams",
    "/latest/?author=anna-brown&section=politics",
    "/sections/politics/",
    "/topics/trams/",
    "/authors/anna-brown/",
    "/2026/",
    "/2026/06/",
    "/2026/06/01/",
    "/corrections/",
    "/search/?q=tram",
    "/search/?q=tram&sort=newest",
    "/search/?q=tram&topic=trams",
    "/search/?q=tram&from=2026-05-01",
)
FEEDS = (
    "/feeds/rss.xml",
    "/feeds/atom.xml",
    "/feeds/feed.json",
    "/sections/politics/rss.xml",
    "/topics/trams/atom.xml",
    "/authors/anna-brown/feed.json",
    "/search/rss.xml?q=tram",
    "/search/rss.xml?q=tram&topic=trams",
)
SHARED = {"topics": ["Trams"], "authors": ["Anna Brown"]}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def correct(post, clock):
    clock.shift(SECOND)
    post.refresh_from_db()
    post.change_kind, post.change_note = "correction", "Noted."
    post.save()
    publish(post, by=None)


@pytest.fixture
def english(clock):
    """A story told in English, and in French; another in Arabic alone."""
    english = make_story("The last tram", language="en-gb", **SHARED)
    french = make_post("Le dernier tram", language="fr", translation_of=english, **SHARED)
    publish(french, by=None)
    arabic = make_story("الترام الأخير tram", language="ar", slug="arabic", **SHARED)
    for post in (english, french, arabic):
        correct(post, clock)
    return english


def in_language(path, language):
    return f"{path}{'&' if '?' in path else '?'}{urlencode({'language': language})}"


def languages_shown(client, path):
    """Which of the three stories a list shows."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    text = answer.text.replace("<mark>", "").replace("</mark>", "")
    if path.startswith("/feeds/feed.json") or "feed.json" in path:
        text = json.dumps(answer.json(), ensure_ascii=False)
    marks = {"en-gb": "The last tram", "fr": "Le dernier tram", "ar": "الترام الأخير"}
    return {code for code, headline in marks.items() if headline in text}


def test_the_sites_own_lists_hold_every_story_once_in_its_language(client, english):
    for path in (*LISTS, *FEEDS):
        assert languages_shown(client, path) == {"en-gb", "ar"}, path


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_list_in_another_language_holds_what_is_told_in_it(client, english, language):
    for path in (*LISTS, *FEEDS):
        assert languages_shown(client, in_language(path, language)) == {language}, path


def test_the_translation_stands_in_while_the_story_is_not_told_in_the_sites_own(
    client, clock, english
):
    clock.shift(HOUR)
    withdraw(english, by=None)

    for path in {*LISTS, *FEEDS} - {"/corrections/"}:
        assert languages_shown(client, path) == {"fr", "ar"}, path


def test_of_an_original_and_a_translation_in_further_languages_the_original_stands(client):
    german = make_story("Die letzte Tram", language="de")
    for language in ("fr", "es"):
        publish(make_post(f"In {language}", language=language, translation_of=german), by=None)

    page = client.get("/latest/").text

    assert ("Die letzte Tram" in page, "In fr" in page, "In es" in page) == (True, False, False)
    assert "In es" in client.get("/latest/?language=es").text


def test_of_two_translations_without_their_original_the_first_stands(client, clock):
    english = make_story("English", language="en-us")
    for language in ("fr", "es"):
        publish(make_post(f"In {language}", language=language, translation_of=english), by=None)
    clock.shift(HOUR)
    withdraw(english, by=None)

    page = client.get("/latest/").text

    assert ("In fr" in page, "In es" in page) == (True, False)


@pytest.mark.parametrize("path", ["/", "/latest/", "/topics/trams/", "/feeds/rss.xml"])
def test_a_language_in_which_nothing_is_told_has_no_lists(client, english, path):
    for language in ("de", "nope", "fr' --", "x" * 90):
        answer = client.get(in_language(path, language))
        if path == "/latest/":
            assert b'content="noindex"' in answer.content
        elif path.startswith("/feeds/"):
            assert answer.status_code == 404
        else:
            assert answer.status_code == 404


@pytest.mark.parametrize("path", LISTS)
def test_a_list_names_its_language_in_its_title(client, english, path):
    def titles(path):
        tree = html.fromstring(client.get(path).content)
        return {
            tree.findtext(".//title").strip(),
            *tree.xpath("//meta[@property='og:title']/@content"),
        }

    own, french = titles(path), titles(in_language(path, "fr"))

    assert own.isdisjoint(french)
    assert all(title.count("Français") == 1 for title in french)
    assert not any("Français" in title for title in own)


def test_a_list_with_a_wrong_filter_is_known_by_its_language(client, english):
    def canonical(path):
        return html.fromstring(client.get(path).content).xpath("//link[@rel='canonical']/@href")

    own = "http://testserver/latest/"
    assert canonical("/latest/?language=fr&topic=nope") == [f"{own}?language=fr"]
    assert canonical("/latest/?topic=nope") == canonical("/latest/?language=nope") == [own]
    assert canonical("/2025/?language=fr") == ["http://testserver/2025/?language=fr"]


def test_the_sites_own_language_by_its_name_is_the_plain_list(client, english):
    tree = html.fromstring(client.get("/?language=en-gb").content)

    assert tree.xpath("//link[@rel='canonical']/@href") == ["http://testserver/"]


def test_every_page_leads_to_the_fronts_of_the_other_languages(client, english):
    def offered(path):
        links = html.fromstring(client.get(path).content).xpath("//footer//a[@hreflang]")
        return {link.get("hreflang"): link.get("href") for link in links}

    everywhere = {"ar": "/?language=ar", "fr": "/?language=fr"}
    assert offered("/") == offered("/corrections/") == everywhere
    assert offered("/latest/?language=fr") == {"en-gb": "/", "ar": "/?language=ar"}


def test_search_engines_are_told_of_the_front_in_each_language(client, english):
    def told_of(path):
        links = html.fromstring(client.get(path).content).xpath("//link[@hreflang]")
        return {link.get("hreflang"): link.get("href") for link in links}

    own = "http://testserver/latest/"
    expected = {"en-gb": own, "x-default": own}
    expected |= {code: f"{own}?language={code}" for code in ("ar", "fr")}
    assert told_of("/latest/") == told_of("/latest/?language=fr") == expected


def test_pages_of_a_list_stay_in_their_language(client):
    english = [{"headline": f"E{n}", "language": "en-gb", "at": NOON} for n in range(45)]
    originals = make_stories([*english], now=NOON)
    make_stories(
        {"headline": f"F{n}", "language": "fr", "translation_of": post, "at": NOON}
        for n, post in enumerate(originals)
    )

    for path, letter in (("/latest/", "E"), ("/latest/?language=fr", "F")):
        seen, url = [], path
        while url:
            page = client.get(url).context["page"]
            seen += [edition.headline for edition in page.editions]
            assert page.newer_url is None or page.newer_url.startswith(path[:9])
            url = page.older_url
        assert sorted(seen) == sorted(f"{letter}{n}" for n in range(45))


def test_what_a_calendar_and_the_topics_count_is_what_their_lists_hold(client, english):
    for suffix, number in (("", "2"), ("?language=fr", "1")):
        for path in ("/2026/", "/2026/06/", "/topics/"):
            tree = html.fromstring(client.get(path + suffix).content)
            counts = tree.xpath("//*[@class='how-many']/text()")
            assert counts == [number], (path, suffix)
            assert all(
                link.endswith(suffix)
                for link in tree.xpath("//main//a[descendant::*[@class='how-many']]/@href")
            )


def test_a_topic_of_translations_alone_leads_to_their_list(client, english):
    french = make_post("Encore", language="fr", translation_of=make_story(), topics=["Tramway"])
    publish(french, by=None)

    answer = client.get("/topics/tramway/")

    assert (answer.status_code, answer.url) == (302, "/topics/tramway/?language=fr")
    assert "Encore" in client.get(answer.url).text
    assert "tramway" not in client.get("/topics/").text
    assert "tramway" in client.get("/topics/?language=fr").text
    assert "tramway" not in client.get("/sitemaps/topics.xml").text


def test_a_story_leads_on_in_its_own_language(client, english):
    page = html.fromstring(client.get("/2026/06/01/le-dernier-tram/").content)

    assert page.xpath("//p[@class='story-section']/a/@href") == ["/sections/politics/?language=fr"]
    assert page.xpath("//nav[@class='topics']//li/a/@href") == ["/topics/trams/?language=fr"]
    assert page.xpath("//a[@rel='author']/@href") == ["/authors/anna-brown/?language=fr"]
    (english,) = page.xpath("//p[@class='languages']/a")
    assert english.get("href") == "/2026/06/01/the-last-tram/"


def test_more_stories_hold_each_story_once_in_the_readers_language(client, english):
    make_story("Another", language="en-gb", **SHARED)

    def more(path):
        tree = html.fromstring(client.get(path).content)
        return set(tree.xpath("//section[@class='more']//h3/a/text()"))

    assert more("/2026/06/01/another/") == {"The last tram", "الترام الأخير tram"}
    another = make_post("Un autre", language="fr", **SHARED)
    publish(another, by=None)
    assert "Le dernier tram" in more("/2026/06/01/un-autre/")
    assert "The last tram" not in more("/2026/06/01/un-autre/")


def test_a_pinned_translation_takes_the_place_of_its_story(client, english):
    french = english.translations.get()
    Placement.objects.create(slot=1, post=french, live_from=NOON, section=None)

    page = client.get("/").text

    assert ("Le dernier tram" in page, "The last tram" in page) == (True, False)


def test_feeds_say_their_language_and_that_of_each_story(client, english):
    atom = etree.fromstring(client.get("/feeds/atom.xml").content)
    french = etree.fromstring(client.get("/feeds/atom.xml?language=fr").content)
    xml = "{http://www.w3.org/XML/1998/namespace}lang"

    assert (atom.get(xml), french.get(xml)) == ("en-gb", "fr")
    assert {entry.get(xml) for entry in atom.findall("{*}entry")} == {"en-gb", "ar"}
    links = {link.get("rel"): link.get("href") for link in french.findall("{*}link")}
    assert links["self"] == "http://testserver/feeds/atom.xml?language=fr"


def test_lists_cost_as_many_queries_in_two_languages_as_in_one(client):
    make_story("Alone", language="en-gb", **SHARED)

    def cost():
        client.get("/")
        costs = {}
        for path in (*LISTS, *FEEDS):
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            costs[path] = len(queries)
        return costs

    alone = cost()
    post = make_post("Seul", language="fr", **SHARED)
    publish(post, by=None)

    assert cost() == alone


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads so small a table whole")
@pytest.mark.parametrize("language", [SITE_LANGUAGE, ListLanguage("fr")])
def test_a_list_in_a_language_is_read_from_an_index(language):
    from articles.models import Edition

    plan = language.of(Edition.objects.live(NOON), at=NOON).newest_first()[:20].explain()

    index = "edition_by_language" if language.language else "edition_newest_first"
    assert f"USING INDEX {index}" in plan
    assert "TEMP B-TREE" not in plan
