"""A legal hold: nothing more of a story goes out until somebody with that right lifts it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.desk import roles
from articles.desk.legal_hold.held import is_on_hold, on_hold
from articles.desk.workflow import Refusal
from articles.importing.storing.renew import was_worked_on
from articles.models import ImportedStory, Post, Transition
from articles.publishing.bulk.bulk_publish import CannotPublish, bulk_publish
from articles.publishing.steps.publish import publish
from articles.publishing.steps.put_back import put_back
from articles.publishing.steps.reschedule import reschedule
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from articles.publishing.stops.embargo import break_embargo
from articles.publishing.stops.legal_hold import lift_hold, place_hold
from tests.builders import make_post, make_story, make_user, rewrite

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def lawyer(db):
    return make_user(roles.LAWYER)


def held(post, by, note="The court has not decided."):
    place_hold(post, by=by, note=note)
    post.refresh_from_db()
    return post


def log_of(post):
    return list(post.transitions.order_by("pk").values_list("action", "by", "note"))


def test_a_held_story_does_not_go_out_by_any_step_whoever_takes_it(editor, lawyer):
    post = held(make_post(), lawyer)
    embargoed = held(make_post(embargo_open_ended=True), lawyer)
    gone = make_story()
    withdraw(gone, by=editor)
    held(gone, lawyer)

    for by in (editor, make_user(None, is_superuser=True), None):
        for attempt in (
            lambda by=by: publish(post, by=by),
            lambda by=by: schedule(post, by=by, at=timezone.now() + HOUR),
            lambda by=by: put_back(gone, by=by),
            lambda by=by: break_embargo(embargoed, by=by, note="x"),
        ):
            with pytest.raises((Refusal, PermissionDenied)):
                attempt()

    assert not post.editions.exists()
    assert not gone.editions.live().exists()


def test_the_refusal_says_since_when_and_why(editor):
    post = held(make_post(), editor)

    with pytest.raises(Refusal, match=r"On legal hold since .*: The court has not decided"):
        publish(post, by=editor)


def test_what_is_scheduled_is_held_back_at_once(editor, lawyer):
    post, at = make_post(), timezone.now() + HOUR
    edition = schedule(post, by=editor, at=at)

    [told] = place_hold(post, by=lawyer, note="A letter came.")

    assert not post.editions.exists()
    assert "A letter came." in str(told)
    post.refresh_from_db()
    assert post.status == Post.Status.READY
    with pytest.raises(Refusal):
        reschedule(post, was=edition.live_from, at=at + HOUR, by=editor)


def test_readers_go_on_seeing_a_live_story_and_no_change_of_it(editor, lawyer):
    post = make_story()
    held(post, lawyer)
    rewrite(post, "Second words.")

    with pytest.raises(Refusal):
        publish(post, by=editor)

    assert post.editions.live().get().number == 1
    withdraw(post, by=editor)
    assert not post.editions.live().exists()


def test_who_may_lift_it_lets_the_story_out_again(editor, lawyer):
    post = held(make_post(), editor)
    with pytest.raises(PermissionDenied):
        lift_hold(post, by=editor, note="It is fine.")

    lift_hold(post, by=lawyer, note="The court decided.")
    publish(post, by=editor)

    assert post.editions.live().exists()
    assert log_of(post) == [
        ("place_hold", editor.pk, "The court has not decided."),
        ("lift_hold", lawyer.pk, "The court decided."),
        ("publish", editor.pk, ""),
    ]


@pytest.mark.parametrize("role", [roles.REPORTER, roles.PICTURE_EDITOR, None])
def test_who_may_not_approve_stories_holds_none(role):
    post = make_post()

    with pytest.raises(PermissionDenied):
        place_hold(post, by=make_user(role), note="Stop.")

    assert not is_on_hold(Post.objects.get())


def test_a_hold_says_why(editor):
    with pytest.raises(Refusal, match="Say in a note why"):
        place_hold(make_post(), by=editor, note=" ")


def test_a_second_hold_is_refused_with_the_reason_of_the_first(editor, lawyer):
    post = held(make_post(), lawyer)

    with pytest.raises(Refusal, match="The court has not decided"):
        place_hold(post, by=editor, note="Mine.")
    lift_hold(post, by=lawyer, note="Over.")
    with pytest.raises(Refusal, match="not on legal hold any more"):
        lift_hold(post, by=lawyer, note="Over.")

    assert Transition.objects.count() == 2


def test_a_file_does_not_publish_what_is_held(lawyer):
    post = held(make_post(status=Post.Status.PUBLISHED), lawyer)

    with pytest.raises(CannotPublish, match="legal hold"):
        bulk_publish()

    assert not post.editions.exists()
    assert set(Post.objects.filter(on_hold())) == {post}


def test_an_import_leaves_alone_what_was_stopped_here(lawyer):
    post = make_story()
    known = ImportedStory(post=post, version=post.version, status=post.status)
    assert not was_worked_on(known)

    known.post = held(post, lawyer)

    assert was_worked_on(known)
