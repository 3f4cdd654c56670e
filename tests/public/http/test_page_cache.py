"""Whole pages kept in memory or in a Redis: exact, bounded, and no worse when the Redis is."""

import datetime as dt
import os
import random
import threading
import time

import pytest
import time_machine
from django.conf import settings as project
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from articles.public import memo
from articles.public.http import page_cache
from articles.public.http.page_cache import MAX_PACKED_SIZE, look_up, make_once, pack
from articles.public.http.page_validator import Validator
from articles.public.pages.story import view as story_view
from articles.publishing.invalidation.site_stamp import SiteStamp
from articles.publishing.steps.publish import publish
from articles.publishing.steps.put_back import put_back
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from newsroom.settings import redis_cache
from tests.builders import make_post, make_story, rewrite
from tests.public import redis

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)
SITE = SiteStamp(read_at=NOON, count=1)
CLOSED = "redis://127.0.0.1:9/0"


@pytest.fixture(scope="module")
def redis_address(tmp_path_factory):
    """Skip without a Redis, except where the gate runs: there it is a failure."""
    if redis.where() is None:
        reason = "There is no Redis (redis-server) on this machine."
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with redis.running(tmp_path_factory.mktemp("redis")) as address:
        yield address


@pytest.fixture
def keep_in(settings, monkeypatch):
    """`keep_in(address)`: whole pages are kept there ("memory", or that of a Redis)."""
    monkeypatch.setattr(page_cache, "_failed_at", float("-inf"))
    settings.KEEP_PAGES = True
    memory = project.CACHES["pages"]

    def keep(address):
        own = {"KEY_PREFIX": str(random.random())}
        pages = memory if address == "memory" else redis_cache(address)
        settings.CACHES = project.CACHES | {"pages": pages | own}

    return keep


@pytest.fixture(params=["memory", "redis"])
def kept_pages(request, keep_in):
    """Pages are kept, in memory and then in a Redis."""
    keep_in(request.getfixturevalue("redis_address") if request.param == "redis" else "memory")


@pytest.fixture
def silent():
    server = redis.Silent()
    yield server
    server.close()


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def address_of(post):
    return post.editions.first().get_absolute_url()


def test_a_page_is_kept(client, kept_pages):
    address = address_of(make_story(text="<p>Words.</p>"))
    made = client.get(address)

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)

    assert len(queries) == 1
    assert answer.content == made.content
    assert answer.headers["ETag"] == made.headers["ETag"]


def test_a_publication_ends_what_was_kept(client, editor, kept_pages):
    story = make_story(text="<p>First words.</p>")
    assert "First words." in client.get(address_of(story)).text

    rewrite(story, "Second words.")
    publish(story, by=editor)
    assert "Second words." in client.get(address_of(story)).text

    withdraw(story, by=editor)
    assert client.get(address_of(story)).status_code == 410


def test_a_kept_story_stays_when_another_is_published(client, editor, kept_pages):
    address = address_of(make_story(topics=["Syria"]))
    client.get(address)

    publish(make_post(topics=["Labour"]), by=editor)

    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) == 1


def test_a_404_and_a_410_are_kept_until_the_story_is_live(client, editor, kept_pages, clock):
    make_story(now=NOON - HOUR)
    url = "/2026/06/01/not-yet/"
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 404
    assert len(queries) <= 4  # the last one: whether it is an address of another site

    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 404
    assert len(queries) == 1

    story = make_story(slug="not-yet", now=NOON)
    assert client.get(url).status_code == 200
    clock.shift(SECOND)
    withdraw(story, by=editor)
    assert [client.get(url).status_code for _ in range(2)] == [410, 410]
    clock.shift(SECOND)
    put_back(story, by=editor)
    assert client.get(url).status_code == 200


def test_a_kept_404_ends_with_the_second_of_a_scheduled_story(client, editor, kept_pages, clock):
    url = "/2026/06/01/at-one/"
    schedule(make_post(slug="at-one"), by=editor, at=NOON + HOUR)
    assert client.get(url).status_code == 404

    clock.move_to(NOON + HOUR - SECOND)
    assert client.get(url).status_code == 404
    clock.move_to(NOON + HOUR)
    assert client.get(url).status_code == 200


def test_a_page_made_while_its_story_changed_is_not_shown_after_it(
    client, editor, kept_pages, monkeypatch
):
    story = make_story(text="<p>First words.</p>")
    story_page = story_view.story_page

    def changed_meanwhile(request, edition, **options):
        monkeypatch.undo()
        rewrite(story, "Second words.")
        publish(story, by=editor)
        return story_page(request, edition, **options)

    monkeypatch.setattr(story_view, "story_page", changed_meanwhile)
    assert "First words." in client.get(address_of(story)).text

    assert "Second words." in client.get(address_of(story)).text


def test_a_process_does_not_trust_a_page_that_another_kept_before_a_change(
    client, editor, kept_pages, monkeypatch
):
    story = make_story(text="<p>First words.</p>")
    client.get(address_of(story))
    monkeypatch.setattr(memo, "_held", {})
    rewrite(story, "Second words.")
    publish(story, by=editor)

    assert "Second words." in client.get(address_of(story)).text


def test_a_kept_page_is_exact_at_scheduled_moments(client, editor, kept_pages, clock):
    story = make_story(text="<p>First words.</p>", now=NOON - HOUR)
    address = address_of(story)
    rewrite(story, "Second words.")
    schedule(story, by=editor, at=NOON + HOUR)
    client.get(address)

    clock.move_to(NOON + HOUR - SECOND)
    assert "First words." in client.get(address).text
    clock.move_to(NOON + HOUR)
    assert "Second words." in client.get(address).text
    withdraw(story, by=editor, at=NOON + 2 * HOUR)
    clock.move_to(NOON + 2 * HOUR - SECOND)
    assert "Second words." in client.get(address).text
    clock.move_to(NOON + 2 * HOUR)
    assert client.get(address).status_code == 410


def test_a_page_that_was_not_there_is_not_kept_as_that(client, editor, kept_pages):
    post = make_post(slug="later")
    assert client.get("/2026/06/01/later/").status_code == 404

    publish(post, by=editor)

    assert client.get(address_of(post)).status_code == 200


def test_pages_answer_while_the_redis_is_down(client, keep_in, caplog):
    keep_in(CLOSED)
    make_story("Still here")

    for _ in range(5):
        assert "Still here" in client.get("/").text

    assert caplog.text.count("The page cache does not answer") == 1


def test_pages_answer_while_the_redis_says_nothing_and_it_is_left_alone(client, keep_in, silent):
    keep_in(silent.address)
    make_story("Still here")
    client.get("/healthz")

    # The server never answers: that pages do shows that nobody waits for it to the end.
    for _ in range(5):
        assert "Still here" in client.get("/").text

    assert len(silent.taken) <= 1


def test_a_redis_that_came_back_is_used_again(client, keep_in, redis_address, monkeypatch):
    keep_in(CLOSED)
    make_story()
    client.get("/")
    keep_in(redis_address)
    monkeypatch.setattr(page_cache, "RETRY_AFTER", 0)

    client.get("/")

    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    assert len(queries) == 1


@pytest.mark.parametrize("where", ["memory", "redis", CLOSED, "silent"])
def test_twenty_threads_that_ask_for_a_cold_page_make_it_once(keep_in, where, request):
    if where == "redis":
        where = request.getfixturevalue("redis_address")
    if where == "silent":
        where = request.getfixturevalue("silent").address
    keep_in(where)
    made, given = [], []

    def make():
        made.append(1)
        _wait_until(lambda: sum(making.waiting for making in page_cache._making.values()) == 20)
        return HttpResponse("The page")

    def ask():
        given.append(ask_for("version", make))

    all_of(20, ask)
    assert len(made) == 1
    assert [page.content for page in given] == [b"The page"] * 20
    assert len({id(page) for page in given}) == 20
    given[0].headers["X-Mine"] = "yes"
    assert all("X-Mine" not in page.headers for page in given[1:])
    assert page_cache._making == {}


def test_a_thread_does_not_wait_for_ever_for_another(keep_in, monkeypatch):
    keep_in("memory")
    monkeypatch.setattr(page_cache, "LOCK_TIMEOUT", 0.1)
    done = threading.Event()
    slow = threading.Thread(
        target=lambda: ask_for("version", lambda: done.wait(10) and HttpResponse("Slow"))
    )
    slow.start()

    assert ask_for("version", lambda: HttpResponse("Quick")).content == b"Quick"
    done.set()
    slow.join()
    assert page_cache._making == {}


def test_a_page_that_fails_is_tried_by_the_next(keep_in):
    keep_in("memory")

    with pytest.raises(ZeroDivisionError):
        ask_for("version", lambda: 1 / 0)
    assert ask_for("version", lambda: HttpResponse("Made")).content == b"Made"


def test_pages_of_two_versions_are_never_swapped(kept_pages):
    wrong = []

    def ask():
        for _ in range(100):
            version = f"version-{random.randrange(8)}"
            page = ask_for(version, lambda version=version: HttpResponse(version))
            if page.content.decode() != version:
                wrong.append(version)

    all_of(8, ask)
    assert wrong == []


def test_memory_is_bounded(keep_in):
    keep_in("memory")
    large = HttpResponse(random.randbytes(MAX_PACKED_SIZE))
    assert len(pack(large)) > MAX_PACKED_SIZE

    ask_for("large", lambda: large)
    assert ask_for("large", lambda: HttpResponse("Again")).content == b"Again"

    entries = caches["pages"]._max_entries
    for number in range(entries + 10):
        ask_for(f"page-{number}", lambda: HttpResponse("Small"))
    assert len(caches["pages"]._cache) <= entries
    assert entries * MAX_PACKED_SIZE <= 128 * 1024 * 1024


def ask_for(key, make):
    """A page as the site caches it; nothing changes meanwhile."""

    def made():
        page = make()
        page.validator = Validator.of(page, ["site"], SITE)
        return page

    cached = look_up(key)
    return cached.page() if cached else make_once(key, SITE, made)


def _wait_until(happened):
    """Wait until another thread has done something, at most ten seconds."""
    deadline = time.monotonic() + 10
    while not happened() and time.monotonic() < deadline:
        time.sleep(0.005)


def all_of(number, work):
    threads = [threading.Thread(target=work) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
