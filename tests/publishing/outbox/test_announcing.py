"""The hub is told which feeds have changed: once, soon, and again when it did not listen."""

import datetime as dt
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from django.core.management import CommandError, call_command

from articles.models import Announcement
from articles.publishing.outbox import websub
from articles.publishing.outbox.announcing import announce
from articles.publishing.outbox.http_client import NotTold
from articles.publishing.steps.publish import publish, withdraw
from tests.builders import make_post, make_story, rewrite

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)
SECOND = dt.timedelta(seconds=1)
SITE = "https://news.example.org"


class Hub:
    """A hub on this machine: what it was told, and what it answers."""

    def __init__(self):
        self.told, self.status = [], 202
        websub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                length = int(self.headers["Content-Length"])
                websub.told.append(parse_qs(self.rfile.read(length).decode()))
                self.send_response(websub.status)
                if websub.status == 302:
                    self.send_header("Location", "http://127.0.0.1:9/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hub"

    def lists(self):
        """The lists it was told of, each by the path of its RSS feed."""
        return [told["hub.url"][0].removeprefix(SITE) for told in self.told]


@pytest.fixture
def listening(settings, monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    told = Hub()
    thread = threading.Thread(target=told.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    settings.WEBSUB_HUB, settings.SITE_URL = told.url, SITE
    yield told
    told.server.shutdown()
    told.server.server_close()
    thread.join()


def test_a_publication_is_told_for_every_list_it_is_in(listening):
    make_story(topics=["Syria"], authors=["Anna Brown"], now=NOON)

    announce(now=NOON + MINUTE)

    assert set(listening.lists()) == {
        "/feeds/rss.xml",
        "/sections/politics/rss.xml",
        "/topics/syria/rss.xml",
        "/authors/anna-brown/rss.xml",
    }
    assert listening.told[0] == {
        "hub.mode": ["publish"],
        "hub.url": [f"{SITE}/feeds/{file}" for file in ("rss.xml", "atom.xml", "feed.json")],
    }


def test_what_is_known_is_not_told_again(listening):
    make_story(now=NOON)
    announce(now=NOON + MINUTE)
    listening.told.clear()

    announce(now=NOON + 2 * MINUTE)

    assert listening.told == []


def test_a_scheduled_story_is_told_when_its_moment_has_come(listening, editor):
    post = make_post()
    publish(post, by=editor, at=NOON + HOUR, now=NOON)

    announce(now=NOON + HOUR - SECOND)
    assert listening.told == []

    announce(now=NOON + HOUR)
    assert set(listening.lists()) == {"/feeds/rss.xml", "/sections/politics/rss.xml"}


def test_an_update_and_a_withdrawal_are_told(listening, editor):
    post = make_story(now=NOON)
    announce(now=NOON + MINUTE)
    for step in (
        lambda: (rewrite(post, "Other."), publish(post, by=editor, now=NOON + HOUR)),
        lambda: withdraw(post, by=editor, now=NOON + HOUR + MINUTE),
    ):
        listening.told.clear()
        step()
        announce(now=NOON + HOUR + MINUTE)
        assert "/feeds/rss.xml" in listening.lists()


def test_a_story_that_moved_to_another_topic_is_told_to_both(listening, editor):
    post = make_story(topics=["Syria"], now=NOON)
    announce(now=NOON + MINUTE)
    listening.told.clear()
    post.post_topics.all().delete()
    post.post_topics.create(tag=make_story(topics=["Labour"], now=NOON).topics.get())
    publish(post, by=editor, now=NOON + HOUR)

    announce(now=NOON + HOUR)

    assert {"/topics/syria/rss.xml", "/topics/labour/rss.xml"} <= set(listening.lists())


def test_what_failed_is_logged_and_told_by_the_next_run(listening, caplog):
    make_story(now=NOON)
    listening.status = 503

    told, left = announce(now=NOON + MINUTE)
    assert (told, left) == (0, 2)
    assert "503" in caplog.text

    listening.status = 204
    assert announce(now=NOON + HOUR) == (2, 0)


def test_a_hub_that_is_away_is_given_up_on_for_this_run(listening, settings):
    make_story(topics=["A", "B", "C", "D"], now=NOON)
    settings.WEBSUB_HUB = "http://127.0.0.1:9/"

    assert announce(now=NOON + MINUTE) == (0, 6)
    assert sorted(Announcement.objects.values_list("tries", flat=True)) == [0, 0, 0, 1, 1, 1]


@pytest.mark.parametrize("address", ["file:///etc/hostname", "ftp://127.0.0.1/", "nonsense"])
def test_only_the_web_is_pinged(address):
    with pytest.raises(NotTold, match="no http"):
        websub.ping(address, [SITE])


def test_a_hub_that_sends_us_elsewhere_is_not_followed(listening):
    listening.status = 302

    with pytest.raises(NotTold, match="302"):
        websub.ping(listening.url, [SITE])


def test_looking_costs_the_same_for_many_stories(listening, django_assert_max_num_queries):
    for _ in range(15):
        make_story(now=NOON)

    with django_assert_max_num_queries(45):
        announce(now=NOON + MINUTE)


def test_the_command_does_nothing_without_a_hub(capsys):
    call_command("send_pings")

    assert "nothing to do" in capsys.readouterr().out


def test_the_command_asks_for_the_sites_address(settings):
    settings.WEBSUB_HUB, settings.SITE_URL = "https://hub.example.org/", ""

    with pytest.raises(CommandError, match="NEWSROOM_SITE_URL"):
        call_command("send_pings")


def test_the_command_says_what_it_did(listening, capsys):
    make_story()

    call_command("send_pings")

    assert "Told the hub of 2 changed feeds; 0 left" in capsys.readouterr().out
