"""Moving what is scheduled to another moment asks what scheduling asks."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from articles.desk.workflow import Refusal
from articles.models import Edition, Post, Transition
from articles.publishing.steps.cancel_schedule import cancel_schedule
from articles.publishing.steps.reschedule import reschedule
from articles.publishing.steps.schedule import schedule
from tests.builders import make_photo, make_post, make_story, rewrite

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 25, 16, 52, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
SOON, LATER = NOW + HOUR, NOW + DAY


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def coming(post):
    return list(Edition.objects.filter(post=post, live_from__gt=NOW).values_list("live_from"))


@pytest.fixture
def post(editor):
    post = make_post("Floods")
    schedule(post, by=editor, at=SOON)
    return post


@pytest.mark.parametrize("at", [LATER, NOW + HOUR / 2])
def test_a_scheduled_story_goes_out_at_the_other_moment_alone_and_says_so(post, editor, at):
    edition = reschedule(post, was=SOON, at=at, by=editor)

    assert coming(post) == [(at,)]
    assert edition.published_at == at
    step = Transition.objects.filter(post=post).first()
    assert (step.action, step.by, step.due_at) == (Transition.Action.SCHEDULE, editor, at)


def test_an_update_of_a_live_story_is_moved_with_its_note_to_readers(editor):
    post = make_story("Out", at=NOW - DAY)
    post.change_kind, post.change_note, post.version = "correction", "It was Tuesday.", 2
    post.save()
    schedule(post, by=editor, at=SOON)

    edition = reschedule(post, was=SOON, at=LATER, by=editor)

    assert (edition.kind, edition.notes[-1]["note"]) == ("correction", "It was Tuesday.")
    assert edition.notes[-1]["at"] == LATER.isoformat()
    assert post.editions.get(number=1).live_until == LATER


def refused(post, words, **step):
    with pytest.raises(Refusal, match=words):
        reschedule(post, **{"was": SOON, "at": LATER} | step)
    assert coming(post) in ([(SOON,)], [])


def test_it_is_refused_before_the_end_of_an_embargo(editor):
    post = make_post("Budget", embargo_until=SOON)
    schedule(post, by=editor, at=SOON)

    refused(post, "embargoed", at=SOON - HOUR / 2, by=editor)


def test_it_is_refused_on_a_day_on_which_a_picture_may_not_be_shown(editor):
    post = make_post(photo=make_photo(rights_until=NOW.date()))
    schedule(post, by=editor, at=SOON)

    refused(post, "rights", at=LATER, by=editor)


def test_it_is_refused_when_the_words_were_changed_since(post, editor):
    rewrite(post, "Other words.")

    refused(post, "changed after it was scheduled", by=editor)


def test_it_is_refused_when_a_colleague_moved_or_cancelled_it_meanwhile(post, editor):
    refused(post, "not scheduled for", was=LATER, by=editor)
    cancel_schedule(post, by=editor)
    refused(post, "is now “Ready”|not scheduled", by=editor)


def test_it_is_refused_for_a_moment_that_has_passed(post, editor):
    refused(post, "has passed", at=NOW - HOUR, by=editor)


def test_nobody_reschedules_who_may_not_publish(post, reporter):
    with pytest.raises(PermissionDenied):
        reschedule(post, was=SOON, at=LATER, by=reporter)

    assert coming(post) == [(SOON,)]
    assert Post.objects.get(pk=post.pk).status == Post.Status.PUBLISHED
