"""Revisions of a story: which desk copies are kept, and which of them thin out."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from articles.admin.steps.take_step import take_step
from articles.desk.optimistic_lock import claim_save
from articles.desk.transition import Transition
from articles.library.append_only import Frozen
from articles.models import Checkpoint, Post
from articles.publishing.steps.checkpoint import Reason, keep, keep_replaced, thin
from articles.publishing.steps.publish import publish
from articles.publishing.steps.thinning import MOST, Kept, superfluous
from tests.builders import make_post, make_user

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 16, 9, 0, tzinfo=dt.UTC)
SECOND, MINUTE, HOUR = dt.timedelta(seconds=1), dt.timedelta(minutes=1), dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)

Action = Transition.Action


@pytest.fixture
def writer():
    return make_user()


@pytest.fixture
def post():
    return make_post(saved_at=MONDAY)


def write(post, words, *, by, now, auto=True):
    """Save words as the writing page does: by itself while one types, or with Save."""
    stored = Post.objects.get(pk=post.pk)
    if auto:
        keep_replaced(stored, now=now)
    claim_save(stored, started_from=stored.version, by=by, now=now)
    stored.headline = words
    stored.save()
    if not auto:
        keep(stored, now=now, reason=Reason.SAVED)


def kept(post):
    return [copy.document["headline"] for copy in post.checkpoints.order_by("version")]


def add_revisions(post, moments, **fields):
    """Revisions saved at these moments, oldest first."""
    Checkpoint.objects.bulk_create(
        Checkpoint(post=post, version=number, document={}, saved_at=at, made_at=at, **fields)
        for number, at in enumerate(moments, start=100)
    )


def test_an_explicit_save_keeps_what_it_saved(post, writer):
    write(post, "One", by=writer, now=MONDAY, auto=False)
    write(post, "Two", by=writer, now=MONDAY + SECOND, auto=False)

    assert kept(post) == ["One", "Two"]
    assert set(post.checkpoints.values_list("reason", flat=True)) == {"saved"}


def test_while_writing_a_revision_is_kept_every_ten_minutes(post, writer):
    for number in range(60 * 30):
        write(post, f"After {number} s", by=writer, now=MONDAY + number * SECOND)

    assert kept(post)[1:] == ["After 599 s", "After 1199 s"]
    assert set(post.checkpoints.values_list("reason", flat=True)) == {"autosave"}


def test_after_a_pause_the_words_before_it_are_kept(post, writer):
    write(post, "Before the pause", by=writer, now=MONDAY)
    write(post, "Still before it", by=writer, now=MONDAY + MINUTE)

    write(post, "After it", by=writer, now=MONDAY + 3 * HOUR)
    write(post, "Later still", by=writer, now=MONDAY + 3 * HOUR + SECOND)

    assert kept(post)[-1] == "Still before it"


def test_an_edition_counts_as_a_revision(writer, post):
    publish(post, by=None, now=MONDAY)

    write(post, "One", by=writer, now=MONDAY + MINUTE)
    write(post, "Two", by=writer, now=MONDAY + 2 * MINUTE)

    assert kept(post) == []


def test_a_saved_revision_is_not_taken_for_an_autosave(post, writer):
    write(post, "One", by=writer, now=MONDAY)
    keep_replaced(post, now=MONDAY + 11 * MINUTE)
    assert post.checkpoints.latest("version").reason == Reason.AUTOSAVE

    keep(post, reason=Reason.SAVED)

    assert post.checkpoints.latest("version").reason == Reason.SAVED
    keep(post, reason=Reason.AUTOSAVE)
    assert post.checkpoints.latest("version").reason == Reason.SAVED


@pytest.mark.parametrize("action", [Action.SEND_TO_REVIEW, Action.APPROVE, Action.SEND_BACK])
def test_a_step_keeps_the_words_that_it_was_taken_at(editor, action):
    status = Post.Status.DRAFT if action == Action.SEND_TO_REVIEW else Post.Status.IN_REVIEW
    post = make_post("As it was", status=status)

    take_step(action, post, by=editor, now=timezone.now(), note="Why")

    assert kept(post) == ["As it was"]
    assert post.checkpoints.get().version == post.transitions.get().version


def test_what_is_published_is_kept_as_an_edition(editor):
    post = make_post()

    take_step(Action.PUBLISH, post, by=editor, now=timezone.now())

    assert not post.checkpoints.exists()
    assert post.editions.get().version == post.transitions.get().version


def test_over_a_week_of_writing_at_most_forty_revisions_are_kept(post, writer):
    saves = 0
    for day in range(5):
        for minute in range(0, 8 * 60, 5):
            at = MONDAY + day * DAY + minute * MINUTE
            with time_machine.travel(at, tick=False):
                # Somebody types on and on, saves every 20 minutes and looks back.
                write(post, f"{at:%a %H:%M}", by=writer, now=at, auto=minute % 20 != 15)
                saves += 1
                assert post.checkpoints.count() <= MOST

    words = kept(post)

    assert saves == 480
    assert len(words) == MOST
    assert [f"{day} 16:55" for day in ("Mon", "Tue", "Wed", "Thu", "Fri")] == [
        word for word in words if word.endswith("16:55")
    ]
    # Of the last day there is something of every hour, and of the last hours everything.
    assert {word[4:6] for word in words if word.startswith("Fri")} == {
        f"{hour:02}" for hour in range(9, 17)
    }
    late = [word for word in words if word.startswith("Fri 16")]
    assert {"Fri 16:15", "Fri 16:35", "Fri 16:55"} <= set(late)
    assert len(late) > 3


def test_a_day_of_saving_again_and_again_leaves_something_of_every_earlier_day(post):
    days = [MONDAY + number * DAY for number in range(7)]
    flurry = [MONDAY + 7 * DAY + number * SECOND for number in range(500)]
    add_revisions(post, [*days, *flurry])

    thin(post, now=flurry[-1])

    left = set(post.checkpoints.values_list("saved_at", flat=True))
    assert len(left) <= MOST
    assert set(days) <= left
    assert flurry[-1] in left


def test_the_last_of_each_hour_and_of_each_day_stay():
    now = MONDAY + 9 * DAY
    moments = [now - 8 * DAY - 2 * HOUR, now - 8 * DAY, now - 3 * DAY - 5 * MINUTE]
    moments += [now - 3 * DAY - 4 * MINUTE, now - 2 * DAY, now - 5 * SECOND, now - SECOND]

    gone = superfluous([Kept(*row) for row in enumerate(moments)], now=now)

    assert gone == [0, 2]


def test_when_there_are_years_of_revisions_the_oldest_go():
    now = MONDAY + 900 * DAY
    rows = [Kept(number, MONDAY + number * 10 * DAY) for number in range(90)]

    assert superfluous(rows, now=now) == list(range(50))


def test_the_hour_that_comes_twice_is_two_hours():
    first = dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)

    gone = superfluous([Kept(1, first), Kept(2, first + HOUR)], now=first + 3 * DAY)

    assert gone == []


def test_what_has_a_name_or_a_step_or_an_edition_never_goes(writer):
    post = make_post(saved_at=MONDAY)
    publish(post, by=None, now=MONDAY)
    moments = [MONDAY + number * SECOND for number in range(5)]
    add_revisions(post, moments)
    post.checkpoints.filter(version=100).update(name="As the lawyers read it")
    edition = post.editions.get()
    edition.pk, edition.number, edition.version = None, 2, 101
    edition._state.adding = True
    edition.live_from, edition.live_until = MONDAY - 2 * DAY, MONDAY - DAY
    edition.save()
    Transition.objects.create(
        post=post, action="approve", from_status="draft", to_status="ready", at=MONDAY, version=102
    )

    thin(post, now=MONDAY + 300 * DAY)

    assert list(post.checkpoints.order_by("version").values_list("version", flat=True)) == [
        *(100, 101, 102),
        104,
    ]


def test_a_revision_is_not_changed_or_removed_otherwise(post):
    keep(post)
    revision = post.checkpoints.get()

    with pytest.raises(Frozen):
        revision.delete()
    with pytest.raises(Frozen):
        post.checkpoints.all().delete()
    with pytest.raises(Frozen):
        post.checkpoints.update(document={})
