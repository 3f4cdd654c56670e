"""How long pages hold, and whole pages kept: exact to the second."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Section
from articles.publishing.steps.publish import publish
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_post, make_story, rewrite
from tests.conftest import keep_nothing

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def clock():
    """A clock that stands at noon and moves when told to."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def validator(client, address="/"):
    return client.get(address).headers["ETag"]


def address_of(post):
    return post.editions.first().get_absolute_url()


def said(client, address="/"):
    """The seconds for which a page may be shown, by what its Cache-Control calls them."""
    parts = client.get(address).headers["Cache-Control"].split(", ")
    pairs = (part.split("=") for part in parts if "=" in part)
    return {name: int(value) for name, value in pairs if name != "max-age"}


def test_a_page_that_a_reader_has_costs_one_light_query(client, kept_pages):
    make_story()
    etag = validator(client)

    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/", headers={"If-None-Match": etag})

    assert answer.status_code == 304
    assert len(queries) == 1


def test_a_page_that_a_reader_has_costs_one_light_query_after_another_storys_edition(
    client, editor, kept_pages
):
    mine = address_of(make_story(topics=["Syria"]))
    etag = validator(client, mine)
    publish(make_post(topics=["Labour"]), by=editor)

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(mine, headers={"If-None-Match": etag})

    assert answer.status_code == 304
    assert answer.headers["ETag"] == etag
    assert len(queries) == 1


def test_a_new_edition_changes_the_validators_of_the_pages_that_show_it(client, editor):
    story, other = make_story(topics=["Syria"]), make_story(topics=["Labour"])
    addresses = ["/", "/latest/", "/topics/syria/", address_of(story)]
    before = {address: validator(client, address) for address in [*addresses, address_of(other)]}

    story.headline = "Another headline"
    story.save()
    publish(story, by=editor)

    after = {address: validator(client, address) for address in before}
    assert {address for address in before if before[address] != after[address]} == set(addresses)


def test_a_reader_keeps_a_page_that_says_the_same_when_it_is_made_anew(client, editor):
    story = make_story("Same words")
    etag = validator(client)

    publish(story, by=editor)

    assert client.get("/", headers={"If-None-Match": etag}).status_code == 304


def test_a_process_that_has_just_begun_gives_a_page_the_same_validator(client, monkeypatch):
    make_story()
    etag = validator(client)
    keep_nothing(monkeypatch)

    assert client.get("/", headers={"If-None-Match": etag}).status_code == 304


def test_one_off_urls_are_not_cached(client, kept_pages):
    client.get("/corrections/?nonsense=" + "x" * 300)

    assert len(kept_pages._cache) == 0
    client.get("/corrections/")
    assert len(kept_pages._cache) == 1


def test_a_scheduled_second_changes_the_validator(client, editor, clock):
    schedule(make_post(), by=editor, at=NOON + HOUR)
    clock.move_to(NOON + HOUR - SECOND)
    before = validator(client)

    clock.move_to(NOON + HOUR)

    assert validator(client) != before


def test_midnight_changes_the_validator_because_pages_say_the_day(client, clock):
    clock.move_to(dt.datetime(2026, 6, 1, 22, 59, 59, tzinfo=dt.UTC))
    before = validator(client)

    clock.move_to(dt.datetime(2026, 6, 1, 23, 0, 0, tzinfo=dt.UTC))

    assert validator(client) != before


def test_a_shared_cache_may_keep_a_page_until_the_next_scheduled_change(
    client, editor, clock, settings
):
    settings.SHARED_CACHE_SECONDS = 300
    schedule(make_post(), by=editor, at=NOON + HOUR)

    assert said(client) == {
        "s-maxage": 240,
        "stale-while-revalidate": 60,
        "stale-if-error": 300,
    }
    clock.move_to(NOON + HOUR - 11 * SECOND)
    assert said(client) == {"s-maxage": 8, "stale-while-revalidate": 2, "stale-if-error": 2}


@pytest.mark.parametrize("left", [0.2, 1, 1.9, 2, 3.5, 30, 299, 320, 3599])
@pytest.mark.parametrize("shared", [0, 1, 10, 3600])
def test_no_page_is_shown_at_a_scheduled_moment(client, editor, clock, settings, left, shared):
    """Not by a cache that counts whole seconds, and lets the last of them pass, either."""
    settings.SHARED_CACHE_SECONDS = shared
    schedule(make_post(), by=editor, at=NOON + HOUR)
    clock.move_to(NOON + HOUR - left * SECOND)

    seconds = said(client)

    fresh = seconds.pop("s-maxage", 0)
    for stale in seconds.values():
        assert fresh + stale + 1 <= left
    assert fresh + seconds.get("stale-while-revalidate", 0) <= shared


def test_what_is_not_there_may_be_kept_too_until_something_changes(client, clock, settings):
    settings.SHARED_CACHE_SECONDS = 300

    assert said(client, "/2026/06/01/not-yet/")["s-maxage"] == 240


def test_what_is_no_address_of_ours_may_not_be_kept(client, settings):
    settings.SHARED_CACHE_SECONDS = 300

    answer = client.get("/no/such/kind/of/address/")

    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_somebody_with_a_session_is_sent_what_no_cache_may_keep(client, editor, settings):
    settings.SHARED_CACHE_SECONDS = 300
    make_story()
    client.force_login(editor)

    assert client.get("/").headers["Cache-Control"] == "private, no-store"


def test_a_kept_page_is_not_made_again(client, kept_pages):
    story = make_story(text="<p>First words.</p>")
    address = story.editions.get().get_absolute_url()
    client.get(address)

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)

    assert "First words." in answer.content.decode()
    assert len(queries) == 1


def test_a_kept_page_gives_way_to_the_next_edition_and_to_withdrawal(
    client, editor, kept_pages, clock
):
    story = make_story(text="<p>First words.</p>", now=NOON - HOUR)
    address = story.editions.get().get_absolute_url()
    client.get(address)
    rewrite(story, "Second words.")
    schedule(story, by=editor, at=NOON + HOUR)

    clock.move_to(NOON + HOUR - SECOND)
    assert "First words." in client.get(address).content.decode()
    clock.move_to(NOON + HOUR)
    assert "Second words." in client.get(address).content.decode()
    withdraw(story, by=editor, now=NOON + HOUR + SECOND)
    clock.move_to(NOON + HOUR + SECOND)
    assert client.get(address).status_code == 410


def test_pages_are_made_while_the_cache_is_down(client, kept_pages, monkeypatch):
    def down(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(type(kept_pages), "get", down)
    monkeypatch.setattr(type(kept_pages), "set", down)
    make_story("Still here")

    assert "Still here" in client.get("/").content.decode()


def test_a_renamed_section_is_seen_at_once(client, administrator, kept_pages):
    make_story(section="Politics")
    before = validator(client)
    client.get("/")
    client.force_login(administrator)
    section = Section.objects.get()

    client.post(
        f"/admin/articles/section/{section.pk}/change/",
        {"name": "Parliament", "slug": "politics", "description": "", "position": 0},
    )

    assert validator(client) != before
    assert "Parliament" in client.get("/").content.decode()
