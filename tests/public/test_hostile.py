"""Whatever somebody writes into an address, a page answers: 2xx to 4xx, at a bounded cost."""

import cProfile
from contextlib import nullcontext

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, resolve

from articles.public.urls import urlpatterns

from .addresses import HOUR, NOON, make_site, walk

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12
MOST_CALLS, CALLS_A_CHARACTER = 300_000, 20
"""Of Python and C functions, for one page: a long address costs no more than in proportion."""
LONG = 1_000  # characters of an address from which on its calls are counted

VALUES = {
    "nothing": "",
    "NUL": "%00",
    "a NUL inside": "sy%00ria",
    "a surrogate": "%ed%a0%80",
    "no UTF-8": "%ff%fe",
    "100 kB": "x" * 100_000,
    "100 kB of words": "a+" * 50_000,
    "100 kB of quotes": "%22" * 33_000,
    "100 kB of accents": "%cc%81" * 16_000,
    "a number of 5,000 digits": "9" * 5_000,
    "minus one": "-1",
    "zero": "0",
    "the day of no year": "0000-00-00",
    "the first day": "0001-01-01",
    "the last day": "9999-12-31",
    "the last moment": "99990101T000000.000000Z-999999999999999999",
    "the first moment": "00010101T000000.000000Z-1",
    "no moment": "20161345T000000.000000Z-1",
    "a slug with dots": "../../etc/passwd",
    "brackets": "[]",
    "a script": "%3Cscript%3Ealert(1)%3C/script%3E",
    "SQL": "'%22%20OR%201=1%20--",
    "a format": "%25s%25(x)s{0}",
    "infinity": "1e999",
    "other digits": "%d9%a1%d9%a2",
}

FILTERS = ("topic", "section", "author", "from", "to", "language")
CURSORS = ("before", "after")
LISTS = (
    *("front", "topic", "section", "author", "year", "month", "day", "corrections"),
    *("feed", "topic_feed", "section_feed", "author_feed", "corrections_feed"),
)
ASKING = dict.fromkeys(LISTS, (*CURSORS, "language")) | {
    "latest": (*FILTERS, *CURSORS, "topic[]"),
    "search": (*FILTERS, *CURSORS, "q", "sort", "page", "topic[]"),
    "search_suggest": ("q",),
    "search_complete": ("q",),
    "search_feed": (*FILTERS, *CURSORS, "q", "sort", "topic[]"),
    "topics": ("letter", "part", "language"),
    "oembed": ("url", "format", "maxwidth", "maxheight"),
    "story": CURSORS,
    "feeds": CURSORS,
}
"""The addresses that read a query, with the names in it."""


def queries(kind):
    """What an address is asked with: every name that it reads by itself, and all at once."""
    names = ASKING.get(kind, ("no-name-that-it-reads",))
    yield from ([name] for name in names)
    if len(names) > 1:
        yield names


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(NOON + HOUR, tick=False):
        yield


@pytest.fixture(scope="module")
def stories(once):
    """The site that every test here asks."""
    once(make_site)


@pytest.fixture
def site(stories, db):
    """A site whose database gives up a statement that takes too long."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("set local statement_timeout = '20s'")


def own_names(patterns=urlpatterns):
    """The names of all public addresses."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name
        else:
            yield from own_names(pattern.url_patterns)


def one_of_each():
    """One address of every name, without a query."""
    found = {}
    for address in walk():
        path = address.partition("?")[0]
        found.setdefault(resolve(path).url_name, path)
    return found


def names_read(client, addresses, monkeypatch):
    """The names that the views at these addresses read from a query: {name of address: {name}}."""
    read = set()

    class Recorded(QueryDict):
        def __getitem__(self, name):
            read.add(name)
            return super().__getitem__(name)

        def __contains__(self, name):
            read.add(name)
            return super().__contains__(name)

        def getlist(self, name, default=None):
            read.add(name)
            return super().getlist(name, default)

    query = property(lambda request: Recorded(request.META.get("QUERY_STRING", "")))
    monkeypatch.setattr(WSGIRequest, "GET", query)
    found = {}
    for address in addresses:
        read.clear()
        client.get(address)
        found.setdefault(resolve(address.partition("?")[0]).url_name, set()).update(read)
    return found


def ask(client, address):
    """A page answers an address, whatever it is, and its cost does not grow with it."""
    calls = cProfile.Profile()
    counting = calls if len(address) > LONG else nullcontext()
    with CaptureQueriesContext(connection) as queries, counting:
        answer = client.get(address)
    assert 200 <= answer.status_code < 500, (address[:200], answer.status_code)
    assert len(queries) <= MOST_QUERIES, (address[:200], len(queries))
    number = sum(function.callcount for function in calls.getstats())
    assert number <= MOST_CALLS + CALLS_A_CHARACTER * len(address), (address[:200], number)


def test_every_public_address_is_among_those_that_are_tried(site):
    assert set(one_of_each()) == set(own_names())


def test_every_name_that_a_page_reads_from_its_query_is_among_those_that_are_tried(
    client, site, monkeypatch
):
    found = names_read(client, [*walk(), *one_of_each().values()], monkeypatch)

    assert found["search_suggest"] == {"q"}
    untried = {kind: names.difference(ASKING.get(kind, ())) for kind, names in found.items()}
    assert {kind: names for kind, names in untried.items() if names} == {}


@pytest.mark.parametrize("number", range(len(VALUES)), ids=VALUES)
def test_no_query_breaks_a_page(client, site, number):
    """Each value is tried at every address, and each name at every address. To try each value of
    each name at each address would take three times as long: lists read their names by the same
    functions, so each of them tries a third."""
    value = [*VALUES.values()][number]
    for turn, (kind, address) in enumerate(one_of_each().items()):
        for names in queries(kind):
            if kind not in LISTS or len(names) > 1 or (turn + number + len(names[0])) % 3 == 0:
                query = "&".join(f"{name}={value}" for name in names)
                ask(client, f"{address}?{query}")


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_no_part_of_a_path_breaks_a_page(client, site, value):
    for address in one_of_each().values():
        parts = address.strip("/").split("/")
        for place in range(len(parts)):
            ask(client, "/" + "/".join([*parts[:place], value, *parts[place + 1 :]]) + "/")


def test_no_repetition_breaks_a_page(client, site):
    for kind, address in one_of_each().items():
        for names in queries(kind):
            query = "&".join(f"{name}=x{turn}" for name in names for turn in range(300))
            ask(client, f"{address}?{query}")


@pytest.mark.parametrize(
    "headers",
    [
        {"if-none-match": '"' + "x" * 100_000},
        {"if-none-match": ", ".join(['W/"x"'] * 10_000)},
        {"if-modified-since": "Thu, 99 Xyz 0000 99:99:99 GMT"},
        {"range": "bytes=0-,1-,2-" + "9" * 1_000},
        {"accept-language": "a-" * 5_000},
        {"cookie": "sessionid=" + "x" * 100_000},
        {"host": "another.example"},
        {"host": "a b\tc"},
        {"x-forwarded-for": "\x00" * 100},
    ],
    ids=lambda headers: f"{next(iter(headers))}: {next(iter(headers.values()))[:12]}",
)
def test_no_header_breaks_a_page(client, site, headers):
    for address in one_of_each().values():
        assert client.get(address, headers=headers).status_code < 500
