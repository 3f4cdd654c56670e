"""The list of stories."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.admin.posts.stories import listed
from articles.desk.planning.plan_story import plan_story
from articles.desk.search.index import index_posts
from articles.models import StoryView, Topic
from articles.publishing.steps.publish import publish
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from tests.builders import (
    make_photo,
    make_post,
    make_stories,
    make_story,
    make_user,
    rewrite,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/post/"
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def story(headline, **fields):
    """A story on the desk that can be searched for."""
    post = make_post(headline, **fields)
    index_posts([post.pk])
    return post


def headlines(page):
    return [row["title"] for row in page.context["stories"]]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"q": "story"},
        {"q": "stoory"},
        {"q": "story zzzqqq"},
        {"q": "story", "author": "anna brown"},
        {"q": "story", "state": "live", "topic": "syria", "author": "anna brown", "by": "me"},
    ],
)
def test_the_list_costs_the_same_for_one_story_and_for_thirty(desk, editor, query):
    StoryView.objects.create(owner=editor, query="picture state authors topics due saved")

    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert headlines(desk.get(LIST, query))
        return len(seen)

    rich = {"topics": ["Syria"], "authors": ["Anna Brown"], "created_by": editor}
    make_story("A story", photo=make_photo(), **rich)
    desk.get(LIST)
    one = queries()
    make_stories(
        {"headline": f"Story {number}", "photo": make_photo(), **rich} for number in range(29)
    )

    assert queries() == one <= 12


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


def test_every_state_is_a_filter(desk, editor):
    plan_story(slug_line="Planned", by=editor)
    for status in ("draft", "in_review", "ready"):
        make_post(status, status=status)
    schedule(make_post("scheduled"), by=editor, at=timezone.now() + HOUR)
    make_story("live")
    rewrite(make_story("changed"), "Other words.")
    withdraw(make_story("withdrawn"), by=editor)

    found = {
        state: headlines(desk.get(LIST, {"state": state}))
        for state in ("planned", "draft", "in_review", "ready", "scheduled", "changed", "withdrawn")
    }

    assert found == {state: [state] for state in found} | {"planned": ["Planned"]}
    assert set(headlines(desk.get(LIST, {"state": "live"}))) == {"live", "changed"}
    assert len(headlines(desk.get(LIST, {"state": "no such"}))) == 8


def test_the_search_finds_drafts_by_their_text(desk):
    story("A quiet day", text="<p>The aqueduct of Segovia.</p>", status="draft")
    story("A loud day")

    assert headlines(desk.get(LIST, {"q": "aqueduct"})) == ["A quiet day"]
    assert headlines(desk.get(LIST, {"q": "aqeduct"})) == ["A quiet day"]
    assert "No story says “aqeduct”" in desk.get(LIST, {"q": "aqeduct"}).text
    assert headlines(desk.get(LIST, {"q": "aqueduct", "state": "ready"})) == []


def test_a_story_that_is_saved_is_found_at_once(desk):
    post = make_post("Before")
    desk.post(
        f"{LIST}{post.pk}/save/", {"version": post.version, "headline": "Aqueduct", "auto": "1"}
    )

    assert headlines(desk.get(LIST, {"q": "aqueduct"})) == ["Aqueduct"]


def test_a_story_is_found_by_its_number_identity_and_addresses(desk, editor):
    post = make_story("Aqueduct", slug="first-address")
    first = post.editions.get().get_absolute_url()
    post.slug = "second-address"
    post.version += 1
    post.save()
    publish(post, by=editor)
    second = post.editions.last().get_absolute_url()
    assert first != second

    for typed in (
        *(str(post.pk), f"#{post.pk}", str(post.uuid), post.uuid.hex, first, second),
        *(f"https://news.example.org{second}?from=mail#top", f"news.example.org{first}"),
        f"http://testserver/admin/articles/post/{post.pk}/change/",
    ):
        assert headlines(desk.get(LIST, {"q": typed})) == ["Aqueduct"], typed


@pytest.mark.parametrize(
    "query",
    [
        {"q": "https://news.example.org/2026/02/31/nothing/"},
        {"q": "9" * 400},
        {"q": "/articles/post/999999999999999999/"},
        {"q": "a\x00b"},
        {"q": "%00/%00"},
        {"topic": "\x00", "author": "x" * 5000},
        {"section": "'; --", "state": "\x00", "by": "x" * 500},
        {"start": "2026-13-45", "end": "9999-99-99", "day": "nonsense"},
        {"start": "0001-01-01", "end": "2999-12-31"},
        {"p": "99999999999", "sort": "x"},
        {"p": "-1"},
        {"q": "[", "topic": "[", "author": "*"},
        {"q": "http://[::1"},
    ],
)
def test_no_address_is_an_error(desk, query):
    make_post("A story", topics=["Syria"])

    assert desk.get(LIST, query).status_code == 200


def test_topic_author_section_and_who_began_it_are_filters(desk, editor):
    other = make_user(username="somebody")
    make_post("On Syria", topics=["Syria"], authors=["Anna Brown"], created_by=editor)
    make_post("On Leeds", topics=["Leeds"], authors=["Ben Hill"], section="World", created_by=other)
    Topic.objects.get(name="Leeds").aliases.create(name="Loidis", slug="loidis")

    for query, found in (
        ({"topic": "syria"}, "On Syria"),
        ({"topic": "Loidis"}, "On Leeds"),
        ({"topic": "lee"}, "On Leeds"),
        ({"author": "Ben Hill"}, "On Leeds"),
        ({"section": "world"}, "On Leeds"),
        ({"by": "me"}, "On Syria"),
        ({"by": "somebody"}, "On Leeds"),
    ):
        assert headlines(desk.get(LIST, query)) == [found], query
    assert headlines(desk.get(LIST, {"topic": "Syria", "author": "Ben Hill"})) == []
    assert headlines(desk.get(LIST, {"topic": "No such"})) == []


def test_days_are_those_of_the_newsroom(desk):
    day = dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)  # half past midnight in London
    make_post("Late", saved_at=day, published_at=day - 48 * HOUR)

    assert headlines(desk.get(LIST, {"start": "2026-07-02", "end": "2026-07-02"})) == ["Late"]
    assert headlines(desk.get(LIST, {"end": "2026-07-01"})) == []
    posted = {"day": "published", "start": "2026-06-30", "end": "2026-06-30"}
    assert headlines(desk.get(LIST, posted)) == ["Late"]
    assert "posted 30 June 2026" in desk.get(LIST, posted).text


def test_a_long_list_is_counted_and_paged_so_far(desk, monkeypatch):
    monkeypatch.setattr(listed, "MAX_COUNTED", 3)
    monkeypatch.setattr(listed, "PAGE_SIZE", 2)
    for _ in range(5):
        make_post()

    first, last = desk.get(LIST), desk.get(LIST, {"p": "9"})

    assert "More than 3 stories" in first.text.replace("10,000", "3")
    assert len(headlines(first)) == 2
    assert "Page 2 of 2" in last.text
    assert not set(headlines(first)) & set(headlines(last))


def test_a_search_is_counted_and_paged(desk, monkeypatch):
    monkeypatch.setattr(listed, "PAGE_SIZE", 3)
    make_stories({"headline": f"Day {number} in Leeds"} for number in range(7))

    pages = [desk.get(LIST, {"q": "leeds", "p": str(page)}) for page in (1, 2, 3)]

    assert "7 stories" in pages[0].text
    assert [len(headlines(page)) for page in pages] == [3, 3, 1]
    assert len({each for page in pages for each in headlines(page)}) == 7


def test_columns_are_chosen_by_each_person(desk, client, reporter):
    make_post("A story", topics=["Syria"])

    desk.post(f"{LIST}columns/?q=x", {"column": ["topics", "number", "no such"]})
    page = desk.get(LIST).text
    assert "Syria" in page
    assert "column-authors" not in page

    client.force_login(reporter)
    assert "column-authors" in client.get(LIST).text


def test_what_was_typed_is_escaped(desk):
    make_post("<b>Bold</b>", standfirst="<script>")
    page = desk.get(LIST, {"q": '"><script>', "topic": "<i>"}).text + desk.get(LIST).text

    assert "<script>" not in page.replace("<script src", "")
    assert "<b>Bold" not in page
    assert "<i>" not in page


def test_a_role_that_sees_no_stories_sees_no_list(client):
    client.force_login(make_user(role=None))

    assert client.get(LIST).status_code == 403
    assert client.post(LIST, {"action": "approve"}).status_code == 403


def test_the_head_of_the_list_offers_to_write_a_story_to_whoever_may(client):
    button = 'class="button default story-begin"'
    client.force_login(make_user("Reporter"))
    assert button in client.get(LIST).content.decode()

    client.force_login(make_user("Picture editor"))
    assert button not in client.get(LIST).content.decode()


def test_a_planned_story_says_when_it_is_due_and_who_writes_it(desk, editor, reporter):
    due = timezone.make_aware(dt.datetime(2031, 3, 4, 17, 0))
    for writer, at in ((reporter, due), (None, None)):
        plan_story(slug_line="Strike", by=editor, assigned_to=writer, due_at=at)

    rows = desk.get(LIST).context["stories"]

    assert [row["more"] for row in rows] == [
        "No day yet · Nobody writes it yet",
        "Due 4 Mar 2031, 17:00 · reporter",
    ]
