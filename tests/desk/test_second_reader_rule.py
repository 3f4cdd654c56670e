"""With NEWSROOM_SECOND_READER nothing reaches readers that only its writer has read."""

import pytest
from django.utils import timezone

from articles.desk.second_reader_rule import LAST_STEPS, ReviewState
from articles.desk.workflow import Refusal, log, move
from articles.models import Post, Transition
from articles.publishing.steps.publish import publish
from tests.builders import make_post, make_user, rewrite

pytestmark = pytest.mark.django_db

Action = Transition.Action


@pytest.fixture(autouse=True)
def second_reader(settings):
    settings.SECOND_READER = True


@pytest.fixture
def writer(db):
    return make_user(username="writer")


@pytest.fixture
def colleague(db):
    return make_user(username="colleague")


@pytest.fixture
def post(writer):
    return make_post(status=Post.Status.DRAFT, created_by=writer, saved_by=writer)


def approve(post, *, by, sent_by):
    move(post, Action.SEND_TO_REVIEW, by=sent_by)
    move(post, Action.APPROVE, by=by)
    post.refresh_from_db()
    return post


def test_the_writer_may_not_approve_the_story(post, writer, colleague):
    with pytest.raises(Refusal, match="You wrote some of these words"):
        approve(post, by=writer, sent_by=colleague)


def test_the_colleague_who_sent_it_to_review_may_not_approve_it(post, colleague):
    with pytest.raises(Refusal, match="You sent this story to review"):
        approve(post, by=colleague, sent_by=colleague)


def test_a_colleague_may_approve_and_then_anybody_may_publish(post, writer, colleague):
    approve(post, by=colleague, sent_by=writer)

    assert ReviewState(post).is_complete
    assert publish(post, by=writer).number == 1


def test_a_story_that_nobody_approved_is_not_published(post, writer, colleague):
    Post.objects.update(status=Post.Status.READY)

    for person in (writer, colleague):
        with pytest.raises(Refusal, match="Only its authors have read this story"):
            publish(post, by=person)


def test_a_change_after_the_approval_is_not_published(post, writer, colleague):
    approve(post, by=colleague, sent_by=writer)
    rewrite(post, "Other words.")

    with pytest.raises(Refusal, match="changed after it was approved"):
        publish(post, by=colleague)


def test_an_approval_and_a_request_count_however_many_steps_followed(post, writer, colleague):
    approve(post, by=colleague, sent_by=writer)
    rewrite(post, "Other words.")
    post.refresh_from_db()
    move(post, Action.SEND_TO_REVIEW, by=writer)

    for _ in range(LAST_STEPS):
        log(Action.CANCEL, post, from_status=post.status, by=colleague, now=timezone.now())

    review = ReviewState(post)
    assert review.approved_by_step.action == Action.APPROVE
    assert review.pending_request.by == writer
    assert [step.action for step in review.steps[:LAST_STEPS]] == [Action.CANCEL] * LAST_STEPS


def test_on_a_small_desk_one_person_does_everything(post, writer, settings):
    settings.SECOND_READER = False

    approve(post, by=writer, sent_by=writer)

    assert publish(post, by=writer).number == 1
