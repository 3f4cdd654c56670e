"""Topics are merged, and merges undone, without letting unread words out or losing an approval."""

import datetime as dt

import pytest
from django.utils import timezone

from articles.desk.second_reader_rule import ReviewState
from articles.desk.workflow import Refusal, move
from articles.models import Checkpoint, Post, Topic, Transition
from articles.publishing.names.merge import merge
from articles.publishing.names.undo import undo
from articles.publishing.steps.checkpoint import keep
from articles.publishing.steps.publish import publish
from articles.publishing.steps.restore import restore
from articles.publishing.steps.schedule import schedule
from tests.builders import make_post, make_topic, make_user, rewrite

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
    return make_post(status="draft", created_by=writer, saved_by=writer, topics=["UN"])


@pytest.fixture
def kept(db):
    return make_topic("United Nations")


def approve(post, writer, colleague):
    move(post, Action.SEND_TO_REVIEW, by=writer)
    move(post, Action.APPROVE, by=colleague)
    post.refresh_from_db()


def merge_un(kept, by):
    return merge([Topic.objects.get(name="UN")], kept, by=by)[0]


def refuse_unread(post, by):
    unread = Post.objects.get(pk=post.pk)
    assert not ReviewState(unread).is_complete
    with pytest.raises(Refusal, match="changed after it was approved"):
        publish(unread, by=by)


def topics_of(post):
    return [str(row.tag) for row in post.post_topics.all()]


def test_an_approved_story_stays_approved_through_a_merge_and_its_undoing(
    post, writer, colleague, kept
):
    approve(post, writer, colleague)

    change = merge_un(kept, writer)
    merged = Post.objects.get(pk=post.pk)
    assert topics_of(merged) == ["United Nations"]
    assert ReviewState(merged).is_complete
    undo(change, by=writer)

    back = Post.objects.get(pk=post.pk)
    assert topics_of(back) == ["UN"]
    assert (back.version, back.saved_by) == (post.version, post.saved_by)
    assert publish(back, by=writer).topics[0]["name"] == "UN"


def test_what_is_scheduled_stays_scheduled_on_both_ways(post, writer, colleague, kept):
    approve(post, writer, colleague)
    edition = schedule(post, by=writer, at=timezone.now() + dt.timedelta(hours=1))

    change = merge_un(kept, writer)
    assert [line.topic for line in edition.topic_listings.all()] == [kept]
    undo(change, by=writer)

    assert [str(line.topic) for line in edition.topic_listings.all()] == ["UN"]
    assert not Transition.objects.filter(action=Action.HOLD).exists()


def test_words_that_nobody_read_stay_on_the_desk_through_both(post, writer, colleague, kept):
    approve(post, writer, colleague)
    edition = publish(post, by=writer)
    rewrite(post, "Unread words.")

    change = merge_un(kept, writer)
    refuse_unread(post, colleague)
    undo(change, by=writer)
    refuse_unread(post, colleague)

    assert [*post.editions.all()] == [edition]


def test_a_revision_from_before_a_merge_comes_back_with_the_kept_topic_and_is_to_be_read(
    post, writer, colleague, kept
):
    keep(post, now=timezone.now())
    unread = Checkpoint.objects.get(post=post)
    rewrite(post, "Other words.")
    approve(post, writer, colleague)
    change = merge_un(kept, writer)

    restored = restore(unread, by=writer, started_from=post.version)

    assert topics_of(restored) == ["United Nations"]
    with pytest.raises(Refusal, match="changed after it was approved"):
        publish(Post.objects.get(pk=post.pk), by=writer)
    approve_again = Post.objects.get(pk=post.pk)
    move(approve_again, Action.SEND_TO_REVIEW, by=writer)
    with pytest.raises(Refusal, match="You wrote some of these words"):
        move(approve_again, Action.APPROVE, by=writer)
    undo(change, by=writer)
    move(approve_again, Action.APPROVE, by=colleague)
    assert publish(Post.objects.get(pk=post.pk), by=writer)
