"""Scheduling, and cancelling what is scheduled."""

import datetime as dt

import pytest

from articles.models import Edition, Post
from articles.publishing.steps.cancel_schedule import cancel_schedule
from articles.publishing.steps.embargo import embargo_refusals
from articles.publishing.steps.publish import publish
from articles.publishing.steps.put_back import put_back
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_post, make_story, rewrite

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)


def test_a_story_goes_live_at_the_very_second_it_was_scheduled_for(editor):
    post = make_post()

    schedule(post, by=editor, at=NOON + HOUR, now=NOON)

    assert not Edition.objects.live(NOON + HOUR - SECOND).exists()
    assert Edition.objects.live(NOON + HOUR).get().post == post


def test_an_update_takes_the_place_of_the_edition_before_it(editor):
    post = make_post(text="<p>First words.</p>")
    publish(post, by=editor, now=NOON)
    rewrite(post, "Second words.")

    schedule(post, by=editor, at=NOON + HOUR, now=NOON + SECOND)

    assert Edition.objects.live(NOON + HOUR - SECOND).get().number == 1
    assert Edition.objects.live(NOON + HOUR).get().number == 2


def test_cancelling_an_update_lets_the_edition_before_it_run_on(editor):
    post = make_post()
    publish(post, by=editor, now=NOON)
    schedule(post, by=editor, at=NOON + HOUR, now=NOON)

    cancel_schedule(post, by=editor, now=NOON + SECOND)

    assert Edition.objects.live(NOON + 2 * HOUR).get().number == 1


def test_what_a_cancelled_update_would_have_said_is_an_unpublished_change_again(editor):
    post = make_story(now=NOON)
    rewrite(post, "Second words.")
    schedule(post, by=editor, at=NOON + HOUR, now=NOON + SECOND)
    post.refresh_from_db()
    assert (post.published_version, post.has_unpublished_changes) == (2, False)

    cancel_schedule(post, by=editor, now=NOON + 2 * SECOND)

    post.refresh_from_db()
    assert (post.published_version, post.has_unpublished_changes) == (1, True)


def test_cancelling_a_first_publication_makes_the_post_ready_again(editor):
    post = make_post(topics=["Syria"])
    schedule(post, by=editor, at=NOON + HOUR, now=NOON)

    cancel_schedule(post, by=editor, now=NOON)

    post.refresh_from_db()
    assert post.status == Post.Status.READY
    assert post.published_at is None
    assert post.published_version is None
    assert not post.editions.exists()
    assert not post.addresses.exists()


def test_cancelling_gives_the_note_to_readers_back_to_the_desk(editor):
    post = make_story(now=NOON)
    post.change_kind, post.change_note = Post.Change.CORRECTION, "The date was wrong."
    post.save()
    schedule(post, by=editor, at=NOON + HOUR, now=NOON)

    cancel_schedule(post, by=editor, now=NOON)

    post.refresh_from_db()
    assert (post.change_kind, post.change_note) == ("correction", "The date was wrong.")


@pytest.mark.parametrize(("at", "action"), [(NOON + HOUR, "schedule"), (NOON, "publish")])
def test_the_log_says_whether_a_story_was_scheduled_or_published(editor, at, action):
    post = make_post()

    schedule(post, by=editor, at=at, now=NOON)

    assert post.transitions.latest("pk").action == action


@pytest.mark.parametrize("note", ["", "Lords"])
def test_an_embargo_is_named_with_its_note_until_its_very_second(note):
    post = make_post(embargo_until=NOON, embargo_note=note)

    [refusal] = embargo_refusals(post, NOON - SECOND)

    assert ("(Lords)" in refusal, "()" in refusal) == (bool(note), False)
    assert embargo_refusals(post, NOON) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("step", "where"), [(put_back, "make_live"), (cancel_schedule, "cancel_schedule")]
)
def test_a_step_that_fails_at_its_end_has_changed_nothing(monkeypatch, step, where):
    post = make_story(now=NOON)
    if step is put_back:
        withdraw(post, by=None, now=NOON + SECOND)
    else:
        schedule(post, by=None, at=NOON + HOUR, now=NOON + SECOND)
    before = list(post.editions.order_by("number").values())

    def fail(*args, **options):
        raise RuntimeError

    monkeypatch.setattr(f"articles.publishing.steps.{where}.finish_step", fail)
    with pytest.raises(RuntimeError):
        step(post, by=None, now=NOON + 2 * SECOND)

    assert list(post.editions.order_by("number").values()) == before
