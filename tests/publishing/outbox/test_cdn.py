"""Caches in front are told what to forget: soon, surely, and without an editor waiting."""

import json
import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from articles.models import Breaking, Delivery, Placement
from articles.publishing.dates import whole_second
from articles.publishing.invalidation.invalidate import invalidate
from articles.publishing.outbox import cdn, sender
from articles.publishing.outbox.destinations import send
from articles.publishing.outbox.sender import ABANDONED_AFTER, SETTLING_TIME, send_due
from articles.publishing.steps.banners import put_up, take_down
from articles.publishing.steps.cancel_schedule import cancel_schedule
from articles.publishing.steps.front_drafts import put_draft_live, save_draft
from articles.publishing.steps.publish import publish
from articles.publishing.steps.put_back import put_back
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from articles.publishing.surrogate_keys import (
    FRONT_KEY,
    LISTS_KEY,
    NAMES_KEY,
    SITE_KEY,
    author_key,
    section_key,
    story_key,
    topic_key,
)
from tests.builders import make_author, make_post, make_section, make_story, make_topic

from .listeners import listening

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """No cache has made anybody wait before."""
    monkeypatch.setattr(sender, "_slow_at", {})


@pytest.fixture
def varnish(settings):
    with listening() as listener:
        settings.PURGE = [f"varnish://{listener.place}"]
        yield listener


@pytest.fixture
def noted(settings):
    """A cache that is told nothing at once; the keys of the changes noted down for it."""
    settings.PURGE = ["varnish://127.0.0.1:9"]
    return lambda: {key for row in Delivery.objects.all() for key in row.keys.split()}


def run(now):
    """For each cache how many changes it was told of, and how many it is told of later."""
    return list(send_due(now=now).values())


def test_without_caches_in_front_nothing_is_noted_down():
    make_story()

    assert not Delivery.objects.exists()


def test_a_publication_names_all_that_it_touches(noted):
    story = make_story(topics=["Syria"], authors=["Anna Brown"], section="World")

    assert noted() == {
        LISTS_KEY,
        FRONT_KEY,
        NAMES_KEY,
        story_key(story.uuid),
        section_key(make_section("World").pk),
        topic_key(make_topic("Syria").pk),
        author_key(make_author("Anna Brown").pk),
    }


def test_only_the_first_and_the_last_story_of_a_topic_changes_the_names_that_are_offered(
    noted, editor
):
    make_story(topics=["Syria"], authors=["Anna Brown"])
    Delivery.objects.all().delete()

    second = make_story(topics=["Syria"], authors=["Anna Brown"])
    withdraw(second, by=editor)
    assert NAMES_KEY not in noted()

    make_story(topics=["Labour"], authors=["Anna Brown"])
    assert NAMES_KEY in noted()


def test_an_update_names_what_the_old_edition_stood_in_too(noted, editor):
    story = make_story(topics=["Syria"], authors=["Anna Brown"], section="World")
    story.post_topics.all().delete()
    story.post_authors.all().delete()
    story.post_topics.create(tag=make_topic("Labour"))
    story.section = make_section("Politics")
    story.save()
    Delivery.objects.all().delete()

    publish(story, by=editor)

    assert noted() >= {
        section_key(make_section("World").pk),
        section_key(make_section("Politics").pk),
        topic_key(make_topic("Syria").pk),
        topic_key(make_topic("Labour").pk),
        author_key(make_author("Anna Brown").pk),
    }


@pytest.mark.parametrize("step", [withdraw, cancel_schedule, put_back])
def test_every_step_names_its_story(noted, editor, step):
    story = make_story()
    if step is cancel_schedule:
        schedule(story, by=editor, at=timezone.now() + HOUR)
    if step is put_back:
        withdraw(story, by=editor)
    Delivery.objects.all().delete()

    step(story, by=editor)

    assert noted() >= {LISTS_KEY, FRONT_KEY, story_key(story.uuid)}


def test_what_is_scheduled_is_told_now_and_at_its_moment(noted, editor):
    moment = whole_second(timezone.now() + HOUR)

    schedule(make_post(), by=editor, at=moment)

    now, then = Delivery.objects.order_by("due_at")
    assert then.due_at == moment
    assert now.due_at < moment
    assert now.keys == then.keys


def test_a_story_that_breaks_is_on_every_page(noted, editor):
    story = make_story()
    until = timezone.now() + HOUR
    banner = Breaking(text="Now", post=story, live_until=until)
    put_up(banner, by=editor, now=timezone.now())
    assert list(Delivery.objects.order_by("due_at").values_list("keys", "due_at"))[-1] == (
        SITE_KEY,
        until,
    )
    Delivery.objects.all().delete()

    withdraw(story, by=editor)
    assert noted() == {SITE_KEY}
    Delivery.objects.all().delete()
    take_down(banner, by=editor, now=timezone.now())
    assert noted() == {SITE_KEY}


def test_a_front_is_told_when_its_pins_come_and_go(noted, editor):
    story, world = make_story(), make_section("World")
    now = timezone.now()
    pin = Placement(slot=1, post=story, live_from=now + HOUR, live_until=now + 2 * HOUR)
    save_draft(world, [pin], by=editor, now=now)
    Delivery.objects.all().delete()

    put_draft_live(world, by=editor, now=now)

    rows = Delivery.objects.order_by("due_at")
    assert [row.due_at for row in rows][1:] == [now + HOUR, now + 2 * HOUR]
    assert noted() == {section_key(world.pk)}


def test_a_change_that_is_undone_is_not_told(noted, transactional_db, varnish):
    with transaction.atomic():
        make_story()
        transaction.set_rollback(True)

    assert not Delivery.objects.exists()
    assert varnish.asked == []


def test_a_cache_is_told_once_the_change_is_committed(varnish, transactional_db):
    story = make_story()

    method, path, _headers, _body = varnish.asked[0]
    assert (method, path) == ("PURGE", "/")
    assert story_key(story.uuid) in varnish.keys()[0]


def test_a_cache_is_told_again_when_the_change_has_settled_and_then_no_more(varnish):
    make_story()
    now = timezone.now()

    assert run(now) == [(1, 1)]
    assert run(now + SETTLING_TIME + SECOND) == [(1, 0)]
    assert run(now + HOUR) == [(0, 0)]
    assert len(varnish.asked) == 2


def test_a_cache_is_told_again_when_no_replica_is_behind_any_more(
    varnish, transactional_db, monkeypatch, settings
):
    monkeypatch.setitem(settings.DATABASES, "replica", {})
    monkeypatch.setattr(sender, "REPLICA_CATCH_UP", 0.1)
    make_story()

    for timer in (
        thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)
    ):
        timer.join()
    assert len(varnish.asked) == 2


def test_what_a_cache_did_not_hear_is_told_by_a_later_run(varnish, caplog):
    make_story()
    later = timezone.now() + HOUR
    varnish.status = 503

    assert run(later) == [(0, 1)]
    assert "503" in caplog.text
    varnish.status = 200
    assert run(later + timedelta(minutes=1)) == [(1, 0)]


def test_a_cache_that_is_down_for_long_is_asked_less_often_and_every_five_minutes(varnish):
    make_story()
    later = timezone.now() + HOUR
    varnish.status = 503

    for minute in range(60):
        run(later + timedelta(minutes=minute))

    assert 12 < len(varnish.asked) < 18
    varnish.status = 200
    assert run(later + 2 * HOUR) == [(1, 0)]


def test_one_cache_that_is_away_keeps_nothing_from_the_other(varnish, settings):
    settings.PURGE = ["varnish://127.0.0.1:9", *settings.PURGE]
    make_story()

    assert run(timezone.now() + HOUR) == [(0, 1), (1, 0)]
    assert len(varnish.asked) == 1


def test_a_cache_that_is_no_longer_there_is_forgotten(varnish, settings):
    settings.PURGE = ["varnish://127.0.0.1:9"]
    make_story()
    settings.PURGE = [f"varnish://{varnish.place}"]

    assert run(timezone.now() + HOUR) == [(0, 0)]
    run(timezone.now() + ABANDONED_AFTER + HOUR)
    assert not Delivery.objects.exists()


def test_many_changes_are_told_as_one(varnish):
    for _ in range(3):
        make_story()
    invalidate(topic_key(number) for number in range(300))

    send_due(now=timezone.now())

    assert varnish.keys() == [[SITE_KEY]]


def test_an_editor_does_not_wait_for_a_slow_cache(varnish, transactional_db, monkeypatch):
    monkeypatch.setattr(sender, "MAX_WAIT", 0.05)
    varnish.holds.clear()

    make_story()
    make_story()

    assert varnish.answered == 0
    # The second publication did not even ask.
    assert len(varnish.asked) <= 1


def test_an_editor_sees_nothing_of_a_cache_that_is_away(noted, transactional_db):
    make_story()

    assert Delivery.objects.count() == 1


def test_fastly_is_told_as_it_asks_to_be(settings, monkeypatch):
    settings.FASTLY_TOKEN = "secret"
    with listening() as listener:
        monkeypatch.setattr(cdn, "FASTLY_API", f"http://{listener.place}")
        send("fastly://SERVICE", ["lists", "story-1"], timezone.now())

    method, path, headers, _body = listener.asked[0]
    assert (method, path) == ("POST", "/service/SERVICE/purge")
    assert headers["Surrogate-Key"] == "lists story-1"
    assert headers["Fastly-Key"] == "secret"


def test_cloudflare_is_told_thirty_tags_at_a_time(settings, monkeypatch):
    settings.CLOUDFLARE_TOKEN = "secret"
    with listening() as listener:
        monkeypatch.setattr(cdn, "CLOUDFLARE_API", f"http://{listener.place}")
        send("cloudflare://ZONE", [topic_key(n) for n in range(40)], timezone.now())

    assert [len(json.loads(body)["tags"]) for *_rest, body in listener.asked] == [30, 10]
    method, path, headers, _body = listener.asked[0]
    assert (method, path) == ("POST", "/client/v4/zones/ZONE/purge_cache")
    assert headers["Authorization"] == "Bearer secret"
    assert headers["Content-Type"] == "application/json"


def test_publishing_takes_at_most_thirty_queries_with_a_cache_in_front(
    noted, editor, django_assert_max_num_queries
):
    story = make_story(topics=["Syria", "Labour"], authors=["Anna Brown"])
    editor.has_perm("articles.publish_post")

    with django_assert_max_num_queries(30):
        schedule(story, by=editor, at=timezone.now() + HOUR)


def test_the_command_tells_caches_without_a_hub(varnish, capsys):
    make_story()

    call_command("send_pings")

    assert (
        f"Told varnish://{varnish.place} of 1 change; 1 left for later runs."
        in capsys.readouterr().out
    )
