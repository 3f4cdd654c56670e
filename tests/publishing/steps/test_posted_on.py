"""“Posted on”: a day that there can be, and one to come is asked about."""

import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from articles.desk.workflow import Refusal
from articles.models import Edition, Post
from articles.publishing.bulk.bulk_publish import CannotPublish, bulk_publish
from articles.publishing.steps.cancel_schedule import cancel_schedule
from articles.publishing.steps.posted_on import Meant, PostedLater
from articles.publishing.steps.publish import publish
from articles.publishing.steps.put_back import put_back
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_post, make_section, make_story

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
LATER = dt.datetime(2099, 6, 1, 12, tzinfo=dt.UTC)
OUTSIDE = [dt.datetime(*day, tzinfo=dt.UTC) for day in ((26, 11, 25), (1500, 1, 1), (9999, 12, 31))]


@pytest.mark.parametrize("moment", OUTSIDE)
@pytest.mark.parametrize("name", ["published_at", "embargo_until", "saved_at"])
def test_the_model_refuses_a_day_that_no_story_can_have(name, moment):
    post = make_post(**{name: moment})

    with pytest.raises(ValidationError, match="cannot be right"):
        post.full_clean()


@pytest.mark.parametrize("moment", OUTSIDE)
def test_no_way_of_publishing_lets_such_a_day_in(moment):
    post = make_post(published_at=moment)
    with pytest.raises(Refusal, match="cannot be right"):
        publish(post, by=None, now=NOW, meant=Meant.NOW)
    with pytest.raises(Refusal, match="cannot be right"):
        schedule(make_post(), by=None, now=NOW, at=moment.replace(year=9999))

    Post.objects.update(status="published")
    with pytest.raises(CannotPublish, match="cannot be right"):
        bulk_publish(now=NOW)
    assert not Edition.objects.exists()


def test_a_day_to_come_is_asked_about():
    post = make_post(published_at=LATER)

    with pytest.raises(PostedLater, match="Schedule it for then, or publish it now"):
        publish(post, by=None, now=NOW)
    assert not Edition.objects.exists()


def test_it_is_scheduled_for_then_when_that_is_meant():
    edition = publish(make_post(published_at=LATER), by=None, now=NOW, meant=Meant.WAIT)

    assert edition.live_from == edition.published_at == LATER
    assert not Edition.objects.live(NOW).exists()


def test_it_is_posted_now_when_that_is_meant():
    post = make_post(published_at=LATER)

    edition = publish(post, by=None, now=NOW, meant=Meant.NOW)

    post.refresh_from_db()
    assert edition.live_from == edition.published_at == post.published_at == NOW


def test_it_is_asked_also_of_a_moment_before_it_and_of_what_is_put_back():
    with pytest.raises(PostedLater):
        schedule(make_post(published_at=LATER), by=None, now=NOW, at=LATER - dt.timedelta(days=1))
    assert schedule(make_post(published_at=LATER), by=None, now=NOW, at=LATER).live_from == LATER

    story = make_story(at=NOW)
    withdraw(story, by=None, now=NOW)
    Post.objects.filter(pk=story.pk).update(published_at=LATER)
    with pytest.raises(PostedLater):
        put_back(story, by=None, now=NOW)
    assert put_back(story, by=None, now=NOW, meant=Meant.NOW).published_at < LATER


def test_what_a_schedule_wrote_there_is_not_asked_about():
    post = make_post()
    schedule(post, by=None, now=NOW, at=LATER)

    edition = publish(post, by=None, now=NOW)

    assert edition.published_at == NOW


def test_a_day_chosen_after_a_schedule_outlives_the_schedule():
    post = make_post()
    schedule(post, by=None, now=NOW, at=LATER)
    Post.objects.update(published_at=NOW - dt.timedelta(days=900))

    cancel_schedule(post, by=None, now=NOW)

    post.refresh_from_db()
    assert post.published_at == NOW - dt.timedelta(days=900)


def test_a_fixture_with_such_a_day_names_the_object_and_the_field(tmp_path):
    make_section()
    fields = {"source": "x", "source_id": "1", "headline": "Old", "section": ["politics"]}
    fields |= {"published_at": "0026-11-25T10:00:00Z", "status": "published"}
    file = tmp_path / "days.json"
    file.write_text(json.dumps([{"model": "articles.post", "fields": fields}]))

    said = r"post x/1: published_at: 0026-11-25 cannot be right: give the year in four digits"
    with pytest.raises(CommandError, match=said):
        call_command("loaddata", str(file), verbosity=0)
