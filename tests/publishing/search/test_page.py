"""The search page and the words it offers."""

import datetime as dt
import re
from itertools import product

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.publishing.steps.withdraw import withdraw

from .conftest import LATER, NOON

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def moment():
    with time_machine.travel(LATER, tick=False) as traveller:
        yield traveller


@pytest.fixture
def page(client, moment):
    """The page of a search, as text."""

    def get(words="", **data):
        response = client.get("/search/", ({"q": words} if words else {}) | data)
        assert response.status_code == 200, response
        return response.content.decode()

    return get


def test_a_reader_finds_a_story_with_its_words_marked(page, story):
    story("Floods in York", text="<p>The river rose.</p>")

    shown = page("flood river")

    assert "<mark>Floods</mark> in York" in shown
    assert "The <mark>river</mark> rose." in shown
    assert 'value="flood river"' in shown
    assert "1 story" in shown


def test_the_page_is_kept_out_of_other_search_engines(page):
    assert 'name="robots" content="noindex' in page()


def test_an_empty_question_is_offered_topics(page, story):
    story("Floods", topics=["Rivers"])

    assert '<option value="Rivers">' in page()


def test_words_that_ask_for_nothing_are_told_so(page):
    assert "only what to leave out" in page("-york")


def test_nothing_found_is_said_and_a_slip_put_right(page, story):
    story("Aleppo")

    shown = page("alepo")

    assert "No story" in shown
    assert 'href="/search/?q=aleppo"' in shown


def test_nothing_found_leads_on_to_the_same_search_in_each_other_language(page, story):
    flood = story("Flood", section="Politics")
    story("Crue", language="fr", translation_of=flood)
    story("فيضان", language="ar", translation_of=flood)

    text = page("crue", section="politics")

    link = "/search/?q=crue&amp;section=politics&amp;language="
    assert f'<a href="{link}ar" hreflang="ar">Search in العربيّة</a>' in text
    assert f'<a href="{link}fr" hreflang="fr">Search in Français</a>' in text
    assert ">Crue<" in re.sub("</?mark>", "", page("crue", section="politics", language="fr"))
    assert "Search in" not in page("flood")
    assert "Search in" not in page("zzzz", language="fr")


def test_where_all_is_in_one_language_no_other_is_offered(page, story):
    story("Flood")

    assert "Search in" not in page("zzzz")


def test_a_word_that_was_not_typed_to_its_end_is_completed_without_script(page, story):
    story("Floods in York")

    assert 'href="/search/?q=floods">floods</a>' in page("floo")


def test_every_filter_of_the_list_narrows_a_search(client, moment, story):
    story("Flood one", topics=["Rivers"], authors=["Ann"], section="World", at=NOON)
    later = NOON + dt.timedelta(days=9)
    story("Flood two", topics=["Lakes"], authors=["Ben"], section="Politics", at=later)

    for filters in (
        {"topic": "rivers"},
        {"topic": "Rivers"},
        {"author": "Ann"},
        {"section": "world"},
        {"from": "2024-05-01", "to": "2024-05-01"},
        {"to": "2024-05-09"},
    ):
        for sort in ({}, {"sort": "newest"}):
            asked = {"q": "flood", **filters, **sort}
            shown = client.get("/search/", asked, follow=True).content.decode()
            assert "<mark>Flood</mark> one" in shown, asked
            assert "<mark>Flood</mark> two" not in shown, asked


def test_topics_with_these_words_are_offered_as_links(page, story):
    story("One", topics=["Labour Party"])

    assert 'href="/topics/labour-party/"' in page("labour")


def test_filters_narrow_and_are_kept(page, story):
    story("Flood one", topics=["Rivers"], section="World")
    story("Flood two")

    shown = page("flood", topic="rivers", section="world")

    assert "<mark>Flood</mark> one" in shown
    assert "<mark>Flood</mark> two" not in shown
    assert 'href="/search/?q=flood&amp;section=world"' in shown
    assert 'href="/search/?q=flood&amp;topic=rivers&amp;section=world&amp;sort=newest"' in shown


def test_a_wrong_filter_is_told_beside_its_field(page, story):
    story("Flood")

    assert "There is no topic" in page("flood", topic="nothing")


def test_the_address_is_made_clean(client, moment):
    response = client.get("/search/?q=++flood++&topic=&section=&author=&from=&to=&sort=best")

    assert response.url == "/search/?q=flood"


@pytest.mark.parametrize("sort", ["best", "newest"])
def test_pages_follow_each_other(client, page, stories, sort):
    stories([f"Flood {number}" for number in range(23)])
    sorted_by = {"sort": "newest"} if sort == "newest" else {}
    first = page("flood", **sorted_by)
    assert "23 stories" in first
    older = first.split('class="pager-older" href="')[1].split('"')[0].replace("&amp;", "&")

    second = client.get(older).content.decode()

    assert second.count("<mark>Flood</mark>") == 3
    newer = second.split('class="pager-newer" href="')[1].split('"')[0].replace("&amp;", "&")
    assert client.get(newer).content.decode().count("<mark>Flood</mark>") == 20


def test_search_is_exact_to_the_second(client, story, editor):
    post = story("Marzipan", at=NOON)
    withdraw(post, by=editor, at=NOON + dt.timedelta(hours=1), now=NOON)

    for at, seen in [
        (NOON - SECOND, False),
        (NOON, True),
        (NOON + 3599 * SECOND, True),
        (NOON + 3600 * SECOND, False),
    ]:
        with time_machine.travel(at, tick=False):
            for address in ("/search/?q=marzipan", "/search/?q=marzipan&sort=newest"):
                assert ("<mark>Marzipan" in client.get(address).content.decode()) is seen
            suggested = client.get("/search/suggest/?q=marz").json()["suggestions"]
            assert bool(suggested) is seen
            assert bool(client.get("/search/complete/?q=marz").json()[1]) is seen
            meant = client.get("/search/?q=marzipam").content.decode()
            assert ("marzipan" in meant) is seen


def test_suggestions_are_topics_and_words_with_their_addresses(client, moment, story):
    story("Rivalry", topics=["Rivers"])

    answer = client.get("/search/suggest/?q=riv").json()

    assert answer["suggestions"] == [
        {"text": "Rivers", "url": "/topics/rivers/"},
        {"text": "rivalry", "url": "/search/?q=rivalry"},
    ]


@pytest.mark.postgresql
@pytest.mark.parametrize("sort", ["best", "newest"])
def test_a_walk_that_stopped_short_says_so_and_can_be_gone_on_with(
    client, page, stories, monkeypatch, sort
):
    for name, number in {"MAX_FEW": 5, "WALK_WINDOW": 20, "MAX_SCORED": 10}.items():
        monkeypatch.setattr(f"articles.publishing.search.matching.{name}", number)
    stories(["Rising flood", *[f"Flood {number}, rising" for number in range(40)]])
    stories(["The rising flood"], at=LATER - SECOND)

    sorted_by = {"sort": "newest"} if sort == "newest" else {}
    shown = page('"rising flood"', **sorted_by)
    steps = 0
    while "<mark>Rising</mark> <mark>flood</mark>" not in shown and steps < 9:
        assert ("1" if steps == 0 else "0") + " among the stories looked through" in shown
        older = shown.split('class="pager-older" href="')[1].split('"')[0]
        shown, steps = client.get(older.replace("&amp;", "&")).content.decode(), steps + 1

    assert 0 < steps < 9
    assert "More than 5 stories" in page("flood", **sorted_by)


def test_a_browser_is_told_how_a_question_goes_on(client, moment, story):
    story("Rivalry in Hull", topics=["Rivers"])

    answer = client.get("/search/complete/", {"q": "In Riv"})
    assert answer.headers["Content-Type"] == "application/x-suggestions+json"
    assert answer.json() == [
        "In Riv",
        ["In rivalry", "In rivers"],
        [],
        [f"http://testserver/search/?q=In+{word}" for word in ("rivalry", "rivers")],
    ]
    typed, texts, nothing, urls = client.get("/search/complete/", {"q": "riv"}).json()
    assert (typed, texts, nothing) == ("riv", ["Rivers", "rivalry"], [])
    assert [client.get(url).status_code for url in urls] == [200, 200]
    assert client.get("/search/complete/").json() == ["", [], [], []]


def test_suggestions_take_four_queries_at_most(client, moment, stories):
    stories([f"Rivalry{letter} in Hull" for letter in "abcdefghijklmnop"], topics=["Rivers"])
    client.get("/")

    for address in ("/search/suggest/?q=riv", "/search/complete/?q=riv"):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert len(queries) <= 4


SORTS = ("", "&sort=newest")
QUESTIONS = (
    *("flood", '"flood+number"', "flood+OR+fire", "flood+-calm", "fload", "zzzz"),
    *("WHO", "flood+May+2024", "flood+zzzz", "fload+zzzz", "numbre+fload", "floodnumber", "e-mail"),
)
FILTERS = (
    "",
    "&section=politics",
    "&topic=rivers",
    "&author=ann",
    "&topic=nothing",
    "&from=2024-05-01&to=2024-05-02",
    "&topic=rivers&topic=york&section=politics&author=ann&from=2024-05-01&to=2030-01-01",
)


@pytest.mark.parametrize("common", [False, True])
def test_a_search_takes_at_most_five_queries_in_every_combination(
    client, moment, stories, common, monkeypatch
):
    if common:
        monkeypatch.setattr("articles.publishing.search.matching.MAX_FEW", 0)
    stories([f"Flood number {number}" for number in range(8)], topics=["Rivers", "York"])
    stories(["Flood number 31"], topics=["Rivers", "York"], authors=["Ann"])
    stories(["Crue"], language="fr")
    few = costs_of(client, ["/search/", *searches(FILTERS)])
    stories([f"Flood number {number}" for number in range(8, 30)], topics=["Rivers", "York"])
    more_than_a_page = costs_of(client, searches([""]))

    for costs in (few, more_than_a_page):
        assert {address: cost for address, cost in costs.items() if cost > 5} == {}


def searches(filters):
    """Every question, with each of these filters, in each order."""
    return [f"/search/?q={''.join(asked)}" for asked in product(QUESTIONS, filters, SORTS)]


def costs_of(client, addresses):
    """The numbers of queries that pages take: {address: number}."""
    client.get("/")  # so that the navigation is known
    costs = {}
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, address
        costs[address] = len(queries)
    return costs


@pytest.mark.parametrize("common", [False, True])
def test_a_search_costs_the_same_for_one_answer_as_for_thirty(
    client, moment, stories, common, monkeypatch
):
    if common:
        monkeypatch.setattr("articles.publishing.search.matching.MAX_FEW", 0)
    address = "/search/?q=flood&topic=rivers&sort=newest"

    def cost():
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    stories(["Flood number 0"], topics=["Rivers"])
    one = cost()
    stories([f"Flood number {number}" for number in range(1, 30)], topics=["Rivers"])

    # For one answer, those that write the word as two are looked for too.
    assert cost() <= one


@pytest.mark.parametrize(
    "asked",
    ["page=0", "page=99", "page=x", "sort=newest&before=x", "sort=newest&after=" + "9" * 5_000],
)
def test_a_page_that_cannot_be_is_not_found(client, moment, asked):
    assert client.get(f"/search/?q=flood&{asked}").status_code == 404
