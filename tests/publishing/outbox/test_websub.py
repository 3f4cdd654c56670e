"""The hub is told which feeds have changed: once, when it has settled, and until it listens."""

import datetime as dt
from urllib.parse import parse_qs

import pytest
import time_machine
from django.core.management import CommandError, call_command

from articles.models import Delivery
from articles.publishing.invalidation.invalidate import invalidate
from articles.publishing.outbox import websub
from articles.publishing.outbox.http_client import DeliveryError
from articles.publishing.outbox.sender import SETTLING_TIME, overdue_seconds, send_due
from articles.publishing.steps.cancel_schedule import cancel_schedule
from articles.publishing.steps.publish import publish
from articles.publishing.steps.put_back import put_back
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from articles.publishing.surrogate_keys import topic_key
from tests.builders import make_post, make_stories, make_story, make_topic, rewrite

from .listeners import listening

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)
SECOND = dt.timedelta(seconds=1)
SITE = "https://news.example.org"
POLITICS = {"/feeds/rss.xml", "/sections/politics/rss.xml"}


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def hub(settings, monkeypatch, clock):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with listening() as listener:
        settings.WEBSUB_HUB, settings.SITE_URL = f"http://{listener.place}/hub", SITE
        listener.status = 202
        yield listener


@pytest.fixture
def pinged(hub, clock):
    """The lists that the hub is told of by a run at a moment, each by the path of its RSS feed."""

    def run(at):
        clock.move_to(at)
        hub.asked.clear()
        send_due(now=at)
        urls = [url for body in bodies(hub) for url in body["hub.url"]]
        return {url.removeprefix(SITE) for url in urls if url.endswith("rss.xml")}

    return run


def bodies(hub):
    return [parse_qs(body.decode()) for _method, _path, _headers, body in hub.asked]


def test_a_publication_is_told_for_every_list_it_is_in(hub, pinged):
    make_story(topics=["Syria"], authors=["Anna Brown"])

    assert pinged(NOON + MINUTE) == POLITICS | {
        "/topics/syria/rss.xml",
        "/authors/anna-brown/rss.xml",
    }
    (body,) = bodies(hub)
    assert body["hub.mode"] == ["publish"]
    assert body["hub.url"][:3] == [
        f"{SITE}/feeds/{file}" for file in ("rss.xml", "atom.xml", "feed.json")
    ]


def test_what_a_cache_may_still_show_as_it_was_is_not_told_yet(pinged):
    make_story()

    assert pinged(NOON + SETTLING_TIME - SECOND) == set()
    assert pinged(NOON + SETTLING_TIME) == POLITICS


def test_what_is_known_is_not_told_again(pinged):
    make_story()
    pinged(NOON + MINUTE)

    assert pinged(NOON + 2 * MINUTE) == set()
    assert pinged(NOON + HOUR) == set()


def test_a_scheduled_story_is_told_when_its_moment_has_come(pinged, editor):
    post = make_post(topics=["Syria"])
    schedule(post, by=editor, at=NOON + HOUR)

    assert pinged(NOON + HOUR - SECOND) == set()
    assert pinged(NOON + HOUR + SETTLING_TIME) == POLITICS | {"/topics/syria/rss.xml"}
    assert pinged(NOON + 2 * HOUR) == set()


def test_a_scheduled_withdrawal_is_told_when_its_moment_has_come(pinged, editor):
    post = make_story()
    pinged(NOON + MINUTE)
    withdraw(post, by=editor, at=NOON + HOUR)

    assert pinged(NOON + HOUR - SECOND) == set()
    assert pinged(NOON + HOUR + SETTLING_TIME) == POLITICS


@pytest.mark.parametrize("step", [publish, withdraw, put_back, cancel_schedule])
def test_every_step_is_told(pinged, editor, step):
    post = make_story()
    if step is put_back:
        withdraw(post, by=editor)
    if step is cancel_schedule:
        withdraw(post, by=editor, at=NOON + HOUR)
    pinged(NOON + MINUTE)

    step(post, by=editor)

    assert pinged(NOON + 2 * MINUTE) >= POLITICS


def test_a_correction_is_told(pinged, editor):
    post = make_story(topics=["Syria"])
    pinged(NOON + MINUTE)
    rewrite(post, "Corrected words.")
    post.change_kind, post.change_note = "correction", "The first words were wrong."
    post.save()

    publish(post, by=editor)

    assert pinged(NOON + 2 * MINUTE) == POLITICS | {"/topics/syria/rss.xml"}


def test_a_story_that_moved_to_another_topic_is_told_to_both(pinged, editor):
    post = make_story(topics=["Syria"])
    pinged(NOON + MINUTE)
    post.post_topics.all().delete()
    post.post_topics.create(tag=make_topic("Labour"))

    publish(post, by=editor)

    told = pinged(NOON + 2 * MINUTE)
    assert told >= {"/topics/syria/rss.xml", "/topics/labour/rss.xml"}


def test_stories_that_are_loaded_together_are_told(pinged):
    stories = [{"topics": [f"Topic {number}"], "at": NOON - MINUTE} for number in range(3)]
    make_stories([*stories, {"topics": ["Later"], "at": NOON + HOUR}])
    loaded = {f"/topics/topic-{number}/rss.xml" for number in range(3)}

    assert pinged(NOON + MINUTE) == POLITICS | loaded
    assert "/topics/later/rss.xml" in pinged(NOON + HOUR + SETTLING_TIME)


def test_a_change_of_many_lists_is_told_for_those_whose_stories_changed(pinged):
    make_story(topics=["Syria"])
    make_story(topics=["Old"], at=NOON - 2 * HOUR)
    Delivery.objects.all().delete()
    invalidate(topic_key(number) for number in range(10_000, 10_300))

    assert pinged(NOON + MINUTE) == POLITICS | {"/topics/syria/rss.xml"}


def test_a_hub_that_is_named_later_is_told_of_what_was_scheduled_before(hub, pinged, settings):
    url, settings.WEBSUB_HUB = settings.WEBSUB_HUB, ""
    schedule(make_post(topics=["Syria"]), by=None, at=NOON + HOUR)
    assert not Delivery.objects.exists()
    settings.WEBSUB_HUB = url

    assert pinged(NOON + MINUTE) == set()
    assert pinged(NOON + HOUR + SETTLING_TIME) == POLITICS | {"/topics/syria/rss.xml"}
    assert not Delivery.objects.exists()


def test_what_failed_is_logged_and_told_by_a_later_run(hub, pinged, caplog):
    make_story()
    hub.status = 503

    pinged(NOON + MINUTE)
    assert "503" in caplog.text
    assert overdue_seconds(NOON + MINUTE) == 60

    hub.status = 204
    assert pinged(NOON + 2 * MINUTE) == POLITICS
    assert overdue_seconds(NOON + 2 * MINUTE) == 0
    assert not Delivery.objects.exists()


def test_a_hub_that_is_down_is_asked_less_often_and_loses_nothing(hub, pinged):
    make_story(topics=["Syria"])
    hub.status = 503
    asked = [bool(pinged(NOON + turn * MINUTE)) for turn in range(1, 31)]
    assert asked[:3] == [True, True, True]
    assert 8 < sum(asked) < 12

    make_story(topics=["Labour"])
    hub.status = 202

    told = pinged(NOON + HOUR) | pinged(NOON + 2 * HOUR)
    assert told >= {"/topics/syria/rss.xml", "/topics/labour/rss.xml"}


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://127.0.0.1/", "nonsense"])
def test_only_the_web_is_pinged(url):
    with pytest.raises(DeliveryError, match="no http"):
        websub.ping(url, [SITE])


def test_a_hub_that_sends_us_elsewhere_is_not_followed(hub, settings):
    hub.status = 302

    with pytest.raises(DeliveryError, match="302"):
        websub.ping(settings.WEBSUB_HUB, [SITE])


def test_sending_costs_the_same_for_many_stories(hub, pinged, django_assert_max_num_queries):
    for number in range(15):
        make_story(topics=[f"Topic {number}"])

    with django_assert_max_num_queries(10):
        assert len(pinged(NOON + MINUTE)) == 17


def test_the_command_does_nothing_without_a_hub(capsys):
    call_command("send_pings")

    assert "nothing to do" in capsys.readouterr().out


def test_the_command_asks_for_the_sites_address(settings):
    settings.WEBSUB_HUB, settings.SITE_URL = "https://hub.example.org/", ""

    with pytest.raises(CommandError, match="NEWSROOM_SITE_URL"):
        call_command("send_pings")


def test_the_command_says_what_it_did(hub, clock, capsys):
    make_story()
    clock.shift(MINUTE)

    call_command("send_pings")

    assert "Told websub of 1 change; 0 left" in capsys.readouterr().out
