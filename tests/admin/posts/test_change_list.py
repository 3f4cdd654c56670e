"""The desk's list of posts."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.admin import folded_search
from articles.admin.paginators import BoundedPaginator
from articles.models import Post
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_photo, make_post, make_stories, make_story, make_user, rewrite

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/post/"
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def headlines(page):
    return [str(post) for post in page.context["cl"].result_list]


@pytest.mark.parametrize("query", [{}, {"q": "story"}, {"q": "story", "status": "published"}])
def test_the_list_costs_the_same_for_one_story_and_for_thirty(desk, query):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert headlines(desk.get(LIST, query))
        return len(seen)

    rich = {"topics": ["Syria"], "authors": ["Anna Brown"]}
    make_story("A story", photo=make_photo(), **rich)
    desk.get(LIST)
    one = queries()
    make_stories(
        {"headline": f"Story {number}", "photo": make_photo(), **rich} for number in range(29)
    )

    assert queries() == one <= 10


def test_the_state_is_said_in_words(desk, editor):
    make_post("A draft", status="draft")
    schedule(make_post("To come"), by=editor, at=timezone.now() + HOUR)
    make_story("Out")
    rewrite(make_story("Out and changed"), "Other words.")
    withdraw(make_story("Gone"), by=editor)
    make_post("Kept back", embargo_until=timezone.now() + HOUR)

    page = desk.get(LIST).text

    for words in ("Draft", "Scheduled for", "Live", "Changed since", "Withdrawn", "Embargoed"):
        assert words in page


def test_the_search_finds_words_of_the_headline(desk):
    make_post("A quiet day in Leeds")
    make_post("A loud day in York")

    assert headlines(desk.get(LIST, {"q": "york LOUD"})) == ["A loud day in York"]
    assert headlines(desk.get(LIST, {"q": "leeds york"})) == []
    assert desk.get(LIST, {"q": "a\x00b"}).status_code == 200


def test_the_search_looks_only_through_the_stories_saved_last(desk, monkeypatch):
    monkeypatch.setattr(folded_search, "MAX_ROWS_SEARCHED", 1)
    make_post("An old day in Leeds", saved_at=timezone.now() - HOUR)
    make_post("A new day in Leeds")

    assert headlines(desk.get(LIST, {"q": "leeds"})) == ["A new day in Leeds"]


def test_a_search_is_counted_paged_and_filtered(desk, monkeypatch):
    monkeypatch.setattr(BoundedPaginator, "limit", 60)
    make_stories({"headline": f"Day {number} in Leeds"} for number in range(70))
    make_post("A 100% day_in Leeds", status="draft")

    first = desk.get(LIST, {"q": "leeds"})
    second = desk.get(LIST, {"q": "leeds", "p": "2"})

    assert first.context["cl"].result_count == 60
    assert len(set(headlines(first)) | set(headlines(second))) == 60
    assert headlines(desk.get(LIST, {"q": "leeds", "status": "draft"})) == ["A 100% day_in Leeds"]
    assert headlines(desk.get(LIST, {"q": "100% day_in"})) == ["A 100% day_in Leeds"]
    assert headlines(desk.get(LIST, {"q": "0_day"})) == []


def test_topic_and_author_are_typed_not_listed(desk):
    make_post("On Syria", topics=["Syria"], authors=["Anna Brown"])
    make_post("On Leeds", topics=["Leeds"], authors=["Ben Hill"])

    assert headlines(desk.get(LIST, {"topic": "syria"})) == ["On Syria"]
    assert headlines(desk.get(LIST, {"author": "Ben Hill"})) == ["On Leeds"]
    assert headlines(desk.get(LIST, {"topic": "Syria", "author": "Ben Hill"})) == []
    assert desk.get(LIST, {"topic": "\x00"}).status_code == 200


def test_what_is_scheduled_can_be_listed(desk, editor):
    schedule(make_post("To come"), by=editor, at=timezone.now() + HOUR)
    make_story("Out")

    assert headlines(desk.get(LIST, {"schedule": "coming"})) == ["To come"]


def test_a_long_list_is_not_counted_to_its_end(desk, monkeypatch):
    monkeypatch.setattr(BoundedPaginator, "limit", 2)
    for _ in range(4):
        make_post()

    assert "The first 2 stories" in desk.get(LIST).text


def test_several_stories_are_approved_at_once_and_each_refusal_is_told(desk):
    ready, draft = make_post("One", status="in_review"), make_post("Two", status="draft")

    page = desk.post(
        LIST, {"action": "approve", "_selected_action": [ready.pk, draft.pk]}, follow=True
    )

    assert "1 story: Approved" in page.text
    assert "“Two” is now “Draft”" in page.text
    assert Post.objects.get(pk=ready.pk).status == "ready"
    assert Post.objects.get(pk=draft.pk).status == "draft"


def test_a_reporter_cannot_approve_from_the_list(client, reporter):
    post = make_post(status="in_review", created_by=reporter)
    client.force_login(reporter)

    client.post(LIST, {"action": "approve", "_selected_action": [post.pk]})
    client.post(LIST, {"action": "delete_selected", "_selected_action": [post.pk], "post": "yes"})

    assert Post.objects.get(pk=post.pk).status == "in_review"


def test_a_reporter_sends_only_their_own_stories_to_review(client, reporter):
    post = make_post(status="draft", created_by=make_user())
    client.force_login(reporter)

    client.post(LIST, {"action": "send_to_review", "_selected_action": [post.pk]})

    assert Post.objects.get(pk=post.pk).status == "draft"


def test_a_story_with_a_history_is_not_deleted(desk):
    post = make_story()

    page = desk.post(f"{LIST}{post.pk}/delete/", {"post": "yes"}, follow=True)
    desk.post(LIST, {"action": "delete_selected", "_selected_action": [post.pk], "post": "yes"})

    assert "has a history" in page.text
    assert Post.objects.filter(pk=post.pk).exists()
