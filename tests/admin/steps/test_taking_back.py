"""Taking back a story that was sent to review: by who sent it, until somebody has opened it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from articles.desk.roles import LAWYER
from articles.desk.workflow import Refusal, may, move
from articles.models import LoggedAction, Post, Presence, Transition
from tests.admin.steps.steps import by_hand, offered, press, standing
from tests.builders import make_post, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(reporter):
    """A reporter's story that they have sent to review."""
    post = make_post(status="draft", created_by=reporter)
    move(post, "send_to_review", by=reporter)
    return Post.objects.get(pk=post.pk)


def look_at(client, post, user):
    """Open the writing screen, which says every few seconds that it is open."""
    client.force_login(user)
    client.get(f"/admin/articles/post/{post.pk}/since/", {"version": post.version, "tab": "1"})


def test_who_sent_a_story_to_review_takes_it_back_and_writes_on(client, reporter, sent):
    look_at(client, sent, reporter)

    told = by_hand(client, sent, "take_back")

    assert told == {"done": "Taken back: it is your draft again."}
    press(client, sent, "send_to_review", headline="Written on")
    sent.refresh_from_db()
    assert (sent.headline, sent.status) == ("Written on", "in_review")
    step, line = (
        Transition.objects.get(action="take_back"),
        LoggedAction.objects.get(verb="take_back"),
    )
    assert (step.by, line.by, line.changes[0]["to"]) == (reporter, reporter, "draft")


def test_a_story_that_a_colleague_has_opened_stays_in_review(client, reporter, editor, sent):
    client.force_login(reporter)
    assert "take_back" in offered(client, sent)
    assert standing(client, sent)["stays"] == ""
    look_at(client, sent, editor)
    client.force_login(reporter)

    assert "take_back" not in offered(client, sent)
    why = f"{editor.username} has opened this story"
    assert why in standing(client, sent)["stays"]
    assert why in by_hand(client, sent, "take_back")["refused"]
    with pytest.raises(Refusal, match=why):
        move(sent, "take_back", by=reporter)


def test_who_was_in_a_story_before_it_was_sent_has_not_begun_to_read_it(reporter, editor, sent):
    before = Transition.objects.get().at - dt.timedelta(minutes=1)
    Presence.objects.create(post=sent, user=editor, tab="1", seen_at=before)

    assert may("take_back", sent, reporter)


def test_an_approved_story_is_not_taken_back(reporter, editor, sent):
    move(sent, "approve", by=editor)

    with pytest.raises(Refusal, match="is now"):
        move(sent, "take_back", by=reporter)


def test_nobody_takes_back_what_a_colleague_sent(editor, sent):
    assert not may("take_back", sent, editor)
    with pytest.raises(Refusal, match="A colleague sent"):
        move(sent, "take_back", by=editor)
    with pytest.raises(PermissionDenied):
        move(sent, "take_back", by=make_user(LAWYER))
