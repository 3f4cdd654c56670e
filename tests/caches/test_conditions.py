"""What a browser says that it has, and how it wants it packed, through the fronts as shipped."""

import itertools
import time

import pytest

from articles.publishing.steps.publish import publish
from tests.builders import make_story, rewrite

from . import servers
from .servers import Front, free_port, poll
from .watching import address_of

FRONTS = {"one server": servers.nginx, "several": servers.several}


@pytest.fixture(scope="module", params=FRONTS)
def in_front(request):
    return request.param


@pytest.fixture(scope="module", params=["0", "3"], ids=["nothing shared", "shared"])
def behind(request, in_front, tmp_path_factory, database_url):
    folder, port = tmp_path_factory.mktemp("conditions"), free_port()
    environment = {"NEWSROOM_SHARED_CACHE_SECONDS": request.param}
    with servers.site(folder, database_url, **environment) as site:
        behind = site.port if in_front == "one server" else site
        with FRONTS[in_front](folder, behind, port=port):
            yield Front(site.port), Front(port)


@pytest.fixture
def front(behind):
    return behind[1]


NUMBERS = itertools.count(1)
PAGES = ("/", "/latest/", "/search/?q=word", "/feeds/rss.xml", "/feeds/feed.json", "/sitemap.xml")


def story(headline, **words):
    """A story whose address is its own, in a database that nobody empties."""
    return make_story(f"{headline} {next(NUMBERS)}", **words)


@pytest.mark.parametrize("packed", ["identity", "gzip"])
def test_a_browser_is_not_sent_again_what_it_has(front, packed):
    for address in (address_of(story("Had already")), *PAGES):
        for _ in range(2):  # a cache may have it the second time
            status, headers, _text = front.ask(address, Accept_Encoding=packed)
            assert status == 200, address
            has = {"Accept_Encoding": packed, "If_None_Match": headers["etag"]}
            status, headers, text = front.ask(address, **has)
            assert (status, text) == (304, ""), address
            assert "etag" in headers


def test_a_browser_that_has_another_page_is_sent_the_whole_one(front):
    address = address_of(story("Whole"))

    for _ in range(2):
        assert front.ask(address, If_None_Match='"another"')[0] == 200


def test_a_condition_is_never_answered_to_another_reader(behind):
    site, front = behind
    address = address_of(story("Asked with a condition first"))
    etag = site.ask(address, Host="127.0.0.1")[1]["etag"]  # as nginx names it
    until = time.monotonic() + 4  # while what a cache has of it grows old, and after

    while time.monotonic() < until:
        assert front.ask(address, If_None_Match=etag)[0] == 304
        status, _headers, text = front.ask(address)
        assert status == 200
        assert "Asked with a condition first" in text


def test_browsers_that_only_ever_ask_with_a_condition_see_new_words(front):
    post = story("Renewed", text="<p>First words.</p>")
    address = address_of(post)
    etag = front.ask(address)[1]["etag"]
    rewrite(post, "Second words.")
    publish(post, by=None)

    poll(lambda: "Second words." in front.ask(address, If_None_Match=etag)[2], seconds=6)


def test_what_is_packed_says_that_it_varies_by_that(front):
    for address in (address_of(story("Packed")), *PAGES):
        for packed in ("gzip", "identity"):
            headers = front.ask(address, Accept_Encoding=packed)[1]
            assert "accept-encoding" in headers.get("vary", "").lower(), (address, packed)
            assert headers.get("content-encoding", "identity") == packed
