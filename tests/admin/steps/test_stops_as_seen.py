"""What ends a hold, an embargo or a story is taken only with what its page showed."""

import datetime as dt

import pytest
from django.utils import timezone

from articles.models import Post
from articles.publishing.kill.ask import ask_kill, decline_kill
from articles.publishing.stops.embargo import Embargo, set_embargo
from articles.publishing.stops.legal_hold import lift_hold, place_hold
from tests.admin.forms import shown
from tests.admin.steps.steps import step_url
from tests.builders import make_post, make_story, make_user

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator)
    return client


def answer_late(desk, post, action, meanwhile, **answers):
    """Open the page of a step, let something happen, then press its button; the page in answer."""
    seen = shown(desk, step_url(post, action))["seen"]
    meanwhile()
    sent = {"seen": seen, "note": "Seen."} | answers
    return desk.post(step_url(post, action), sent, follow=True).text


def test_a_hold_that_was_placed_anew_is_not_lifted_by_who_read_of_the_old_one(desk, editor):
    post = make_post()
    place_hold(post, by=editor, note="The first letter.")

    def meanwhile():
        lift_hold(post, by=None, note="Settled.")
        place_hold(post, by=editor, note="The second letter.")

    page = answer_late(desk, post, "lift_hold", meanwhile)

    assert "The second letter." in page
    assert "Nothing was done." in page
    assert Post.objects.get().held_at


@pytest.mark.parametrize("action", ["break_embargo", "embargo"])
def test_an_embargo_that_was_made_longer_is_not_ended_by_who_saw_the_shorter_one(
    desk, editor, action
):
    post = make_post()
    set_embargo(post, Embargo(until=timezone.now() + HOUR), by=editor)

    def meanwhile():
        set_embargo(post, Embargo(open_ended=True, note="the court"), by=editor)

    page = answer_late(desk, post, action, meanwhile, kind="none")

    assert "Embargoed until further notice (the court)." in page
    assert "Nothing was done." in page
    assert Post.objects.get().embargo_open_ended
    assert not post.editions.exists()


def test_another_request_to_kill_is_not_confirmed_by_who_read_the_first(desk, editor):
    post = make_story()
    ask_kill(post, by=editor, reason="A letter.", words="Removed.")

    def meanwhile():
        decline_kill(post, by=editor, note="A mistake.")
        ask_kill(post, by=make_user(), reason="A court.", words="Gone.", with_pictures=True)

    page = answer_late(desk, post, "kill", meanwhile)

    assert "Nothing was done." in page
    assert Post.objects.get().status == Post.Status.KILL_ASKED


def test_what_became_of_an_embargo_is_said_with_its_end(desk):
    post = make_post(embargo_until=timezone.now() - HOUR)  # of an earlier story of theirs
    year = timezone.now().year + 1

    def press(kind, **typed):
        answers = {"kind": kind, "note": "They rang."} | typed
        return answer_late(desk, post, "embargo", lambda: None, **answers)

    assert "The embargo is set, until further notice." in press("open")
    page = press("until", day=f"{year}-01-01", time="18:00")
    assert f"The embargo is changed: it lasts until 1 Jan {year}, 18:00." in page
    assert "There is no embargo any more." in press("none")
    page = press("until", day=f"{year}-01-01", time="18:00")
    assert f"The embargo is set, until 1 Jan {year}, 18:00." in page
