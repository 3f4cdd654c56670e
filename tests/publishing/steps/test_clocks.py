"""Clocks of machines differ: nothing that readers saw is removed, and no number used twice."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from articles.desk.workflow import Refusal, move
from articles.library.append_only import Frozen
from articles.models import Checkpoint, Edition, Post
from articles.publishing.steps.cancel_schedule import cancel_schedule
from articles.publishing.steps.publish import publish
from articles.publishing.steps.put_back import put_back
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_post, make_story, rewrite

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)


def scheduled(editor, at=NOON + HOUR):
    post = make_post(text="<p>First words.</p>")
    schedule(post, by=editor, at=at, now=NOON)
    return post


def numbers(post):
    return list(post.editions.order_by("number").values_list("number", flat=True))


def test_an_edition_that_readers_saw_stays_when_a_late_machine_publishes_the_next(editor):
    post = scheduled(editor)
    rewrite(post, "Second words.")

    publish(post, by=editor, now=NOON + HOUR - 2 * SECOND)

    first, second = post.editions.order_by("number")
    assert (first.number, second.number) == (1, 2)
    assert first.live_until == second.live_from > first.live_from == NOON + HOUR


def test_an_edition_that_readers_saw_cannot_be_cancelled_by_a_late_machine(editor):
    post = scheduled(editor)

    with pytest.raises(Refusal, match="Nothing is scheduled"):
        cancel_schedule(post, by=editor, now=NOON + HOUR - 2 * SECOND)

    assert Edition.objects.live(NOON + HOUR).get().post == post


def test_a_late_machine_withdraws_what_has_just_begun_without_removing_it(editor):
    post = scheduled(editor)

    withdraw(post, by=editor, now=NOON + HOUR - 2 * SECOND)

    assert numbers(post) == [1]
    assert not Edition.objects.live(NOON + HOUR + SECOND).exists()


def test_what_was_published_at_once_survives_a_machine_that_is_an_hour_late(editor):
    post = make_story(now=NOON)
    rewrite(post, "Second words.")

    publish(post, by=editor, now=NOON - HOUR)

    assert numbers(post) == [1, 2]
    assert not list(post.transitions.filter(at__lt=NOON))


def test_a_withdrawal_that_readers_met_is_not_undone_by_a_late_machine(editor):
    post = make_story(now=NOON)
    withdraw(post, by=editor, at=NOON + HOUR, now=NOON)

    with pytest.raises(Refusal, match="Nothing is scheduled"):
        cancel_schedule(post, by=editor, now=NOON + HOUR - 2 * SECOND)
    put_back(post, by=editor, now=NOON + HOUR - 2 * SECOND)

    assert not Edition.objects.live(NOON + HOUR).exists()
    assert numbers(post) == [1, 2]


def test_the_log_of_a_story_only_goes_forward(editor):
    post = make_post(status=Post.Status.DRAFT)
    move(post, "send_to_review", by=editor, now=NOON)

    approved = move(post, "approve", by=None, now=NOON - HOUR)

    assert approved.at >= NOON


def test_the_number_of_a_cancelled_edition_is_not_used_again(editor):
    post = scheduled(editor)
    cancel_schedule(post, by=editor, now=NOON)

    again = schedule(post, by=editor, at=NOON + 2 * HOUR, now=NOON)

    assert (again.number, again.kind) == (2, Edition.Kind.NEW)
    post.refresh_from_db()
    assert post.published_at == NOON + 2 * HOUR


def test_the_number_of_a_replaced_edition_is_not_used_again(editor):
    post = make_story(now=NOON)
    schedule(post, by=editor, at=NOON + HOUR, now=NOON + SECOND)

    schedule(post, by=editor, at=NOON + 2 * HOUR, now=NOON + 2 * SECOND)

    assert numbers(post) == [1, 3]


def test_a_story_that_is_cancelled_twice_has_no_date_of_its_own(editor):
    post = scheduled(editor)
    schedule(post, by=editor, at=NOON + 2 * HOUR, now=NOON)

    cancel_schedule(post, by=editor, now=NOON)

    post.refresh_from_db()
    assert post.published_at is None


def test_the_words_of_a_removed_edition_are_kept(editor):
    post = scheduled(editor)
    rewrite(post, "Second words.")

    schedule(post, by=editor, at=NOON + HOUR, now=NOON)

    kept = Checkpoint.objects.get(post=post)
    assert kept.version == 1
    assert "First words." in str(kept.document)


def test_cancelling_an_update_says_that_its_words_are_in_no_edition(editor):
    post = make_story(now=NOON)
    rewrite(post, "Second words.")
    schedule(post, by=editor, at=NOON + HOUR, now=NOON + SECOND)

    cancel_schedule(post, by=editor, now=NOON + SECOND)

    post.refresh_from_db()
    assert post.published_version == 1
    assert post.has_unpublished_changes


def test_withdrawing_gives_the_note_of_an_update_to_come_back_to_the_desk(editor):
    post = make_story(now=NOON)
    post.change_kind, post.change_note = Post.Change.CORRECTION, "The date was wrong."
    post.save()
    schedule(post, by=editor, at=NOON + HOUR, now=NOON + SECOND)

    withdraw(post, by=editor, now=NOON + SECOND)

    post.refresh_from_db()
    assert (post.change_kind, post.change_note) == ("correction", "The date was wrong.")


def test_two_editions_in_one_instant_each_have_a_moment(editor):
    post = make_story(now=NOON)

    publish(post, by=editor, now=NOON)

    assert numbers(post) == [1, 2]


def test_an_edition_about_to_begin_refuses_to_be_removed():
    post = make_post()
    edition = schedule(post, by=None, at=timezone.now() + dt.timedelta(seconds=4))

    with pytest.raises(Frozen):
        edition.delete()


@pytest.mark.postgresql
def test_a_machine_that_is_minutes_late_works_by_the_databases_clock(editor):
    real = timezone.now()
    post = make_post()
    schedule(post, by=editor, at=real - dt.timedelta(minutes=1), now=real - dt.timedelta(minutes=9))
    rewrite(post, "Second words.")

    second = publish(post, by=editor, now=real - dt.timedelta(minutes=3))

    assert connection.vendor == "postgresql"
    assert second.live_from > real - SECOND
    assert numbers(post) == [1, 2]
