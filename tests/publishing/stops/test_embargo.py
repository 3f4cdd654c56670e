"""Embargoes: who sets and eases one, what it holds back, and what breaking one takes."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from articles.desk import roles
from articles.desk.embargo.embargoed import is_embargoed
from articles.desk.workflow import Refusal
from articles.models import Post
from articles.publishing.bulk.bulk_publish import CannotPublish, bulk_publish
from articles.publishing.steps.publish import publish
from articles.publishing.steps.put_back import put_back
from articles.publishing.steps.readiness import NotReady
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from articles.publishing.stops.embargo import (
    NO_EMBARGO,
    AlreadySeen,
    Embargo,
    break_embargo,
    set_embargo,
)
from tests.builders import make_post, make_story, make_user

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 3, 12, tzinfo=dt.UTC)
HOUR, SECOND = dt.timedelta(hours=1), dt.timedelta(seconds=1)
OPEN = Embargo(open_ended=True, note="the ministry")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def embargoed(embargo, by=None, **fields):
    post = make_post(**fields)
    set_embargo(post, embargo, by=by)
    post.refresh_from_db()
    return post


def log_of(post):
    return list(post.transitions.order_by("pk").values_list("action", "by"))


@pytest.mark.parametrize("embargo", [Embargo(until=NOON + HOUR), OPEN])
def test_nothing_goes_out_before_its_end(administrator, embargo):
    post = embargoed(embargo)
    gone = make_story(at=NOON - HOUR)
    withdraw(gone, by=None)
    set_embargo(gone, embargo, by=None)

    for attempt in (
        lambda: publish(post, by=administrator),
        lambda: schedule(post, by=administrator, at=NOON + HOUR - SECOND),
        lambda: put_back(gone, by=administrator),
    ):
        with pytest.raises(Refusal, match="embargoed until"):
            attempt()

    assert not post.editions.exists()
    assert not gone.editions.live().exists()


def test_a_story_may_be_scheduled_for_the_very_end(editor, clock):
    post = embargoed(Embargo(until=NOON + HOUR))

    schedule(post, by=editor, at=NOON + HOUR)

    clock.move_to(NOON + HOUR - SECOND)
    assert not post.editions.live().exists()
    clock.move_to(NOON + HOUR)
    assert post.editions.live().exists()


def test_an_open_one_leaves_no_hour_to_schedule_for(editor):
    with pytest.raises(Refusal, match="until further notice"):
        schedule(embargoed(OPEN), by=editor, at=NOON + 1000 * HOUR)


def test_what_is_scheduled_is_held_back_when_one_is_set(editor, reporter):
    post = make_post(status="ready", created_by=reporter)
    schedule(post, by=editor, at=NOON + HOUR)

    [told] = set_embargo(post, OPEN, by=editor)

    assert "until further notice (the ministry)" in str(told)
    assert not post.editions.exists()
    assert Post.objects.get().status == Post.Status.READY


def test_readers_see_it_already_so_none_is_set(editor):
    post = make_story(at=NOON - HOUR)

    with pytest.raises(AlreadySeen, match="Withdraw it first"):
        set_embargo(post, OPEN, by=editor)

    assert not is_embargoed(Post.objects.get())
    withdraw(post, by=editor)
    set_embargo(post, OPEN, by=editor)
    assert is_embargoed(Post.objects.get())


def test_a_reporter_sets_one_on_a_draft_of_their_own(reporter):
    own, other = make_post(status="draft", created_by=reporter), make_post(status="draft")

    set_embargo(own, OPEN, by=reporter)

    assert is_embargoed(Post.objects.get(pk=own.pk))
    with pytest.raises(PermissionDenied):
        set_embargo(other, OPEN, by=reporter)


@pytest.mark.parametrize("easier", [NO_EMBARGO, Embargo(until=NOON + HOUR - SECOND)])
def test_to_end_one_sooner_takes_the_right_to_break_it_and_a_reason(editor, administrator, easier):
    post = embargoed(Embargo(until=NOON + HOUR))

    with pytest.raises(PermissionDenied):
        set_embargo(post, easier, by=editor, note="They said so.")
    with pytest.raises(Refusal, match="Say in a note why"):
        set_embargo(post, easier, by=administrator)
    set_embargo(post, easier, by=administrator, note="They said so.")

    assert log_of(post) == [("embargo", None), ("ease_embargo", administrator.pk)]
    assert "They said so." in post.transitions.first().note


@pytest.mark.parametrize("harder", [OPEN, Embargo(until=NOON + 2 * HOUR)])
def test_to_make_one_longer_takes_no_right_of_its_own(editor, harder):
    post = embargoed(Embargo(until=NOON + HOUR))

    set_embargo(post, harder, by=editor)

    assert log_of(post) == [("embargo", None), ("embargo", editor.pk)]
    post.refresh_from_db()
    assert Embargo.of(post) == harder


def test_one_that_is_over_is_taken_away_by_anybody_who_may_set_one(editor, clock):
    post = embargoed(Embargo(until=NOON + HOUR))
    clock.move_to(NOON + HOUR)

    set_embargo(post, NO_EMBARGO, by=editor)

    assert Embargo.of(Post.objects.get()).is_none


def test_an_end_that_has_passed_is_refused(editor):
    with pytest.raises(Refusal, match="has passed"):
        set_embargo(make_post(), Embargo(until=NOON), by=editor)
    with pytest.raises(Refusal, match="Nothing had changed"):
        set_embargo(make_post(), NO_EMBARGO, by=editor)


@pytest.mark.parametrize("embargo", [Embargo(until=NOON + HOUR), OPEN])
def test_who_may_break_one_publishes_now_and_the_log_says_so(administrator, embargo):
    post = embargoed(embargo)

    break_embargo(post, by=administrator, note="A rival broke it.")

    assert post.editions.live().exists()
    assert not is_embargoed(Post.objects.get())
    assert log_of(post)[1:] == [
        ("break_embargo", administrator.pk),
        ("publish", administrator.pk),
    ]
    broken = post.transitions.get(action="break_embargo").note
    assert "A rival broke it." in broken
    assert "Embargoed until" in broken


def test_breaking_one_takes_a_right_of_its_own_and_a_reason(editor, administrator):
    post = embargoed(OPEN)

    with pytest.raises(PermissionDenied):
        break_embargo(post, by=editor, note="Why not?")
    with pytest.raises(Refusal, match="Say in a note why"):
        break_embargo(post, by=administrator, note="")

    assert is_embargoed(Post.objects.get())
    assert not post.editions.exists()


def test_breaking_one_asks_all_that_publishing_asks(administrator, reporter, settings):
    draft, bare = embargoed(OPEN, status="draft"), embargoed(OPEN, text="")
    settings.SECOND_READER = True
    unread = embargoed(OPEN, created_by=reporter)

    for post, refusal in ((draft, "not possible"), (bare, "no text"), (unread, "Only its authors")):
        with pytest.raises((Refusal, NotReady), match=refusal):
            break_embargo(post, by=administrator, note="Now.")
        assert is_embargoed(Post.objects.get(pk=post.pk))

    assert not Post.objects.filter(editions__isnull=False).exists()


def test_breaking_one_publishes_what_was_scheduled_for_its_end(administrator):
    post = embargoed(Embargo(until=NOON + HOUR))
    schedule(post, by=administrator, at=NOON + HOUR)

    break_embargo(post, by=administrator, note="A rival broke it.")

    assert post.editions.get().live_from <= NOON + SECOND


def test_there_must_be_one_to_break(administrator):
    with pytest.raises(Refusal, match="not embargoed any more"):
        break_embargo(make_post(), by=administrator, note="Now.")


def test_a_file_does_not_publish_what_is_embargoed_until_further_notice():
    make_post(status=Post.Status.PUBLISHED, embargo_open_ended=True)

    with pytest.raises(CannotPublish, match="without an end"):
        bulk_publish()


def test_an_editor_with_the_right_alone_breaks_none_at_a_desk_where_they_may_not_publish():
    """Both rights are asked: to break it, and to publish."""
    from django.contrib.auth.models import Permission, User

    reporter = make_user(roles.REPORTER)
    reporter.user_permissions.add(Permission.objects.get(codename="break_embargo"))

    with pytest.raises(PermissionDenied):
        break_embargo(embargoed(OPEN), by=User.objects.get(pk=reporter.pk), note="Now.")
