"""What a page of the site costs where the desk shows it: twelve queries at most."""

import pytest
from django.db import connection
from django.utils import timezone

from articles.publishing.steps.publish import publish
from tests.builders import make_link, make_section, make_stories, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    client.get("/admin/password_change/")  # stores the session
    assert connection.features.supports_json_field  # a process asks its database once
    return client


@pytest.fixture
def story(editor):
    """One of several stories that are live, with topics, an author, a link and a second edition."""
    about = {"topics": ["Syria", "Aleppo"], "authors": ["Zoe"]}
    stories = make_stories([dict(about) for _ in range(8)])
    make_link(stories[0], stories[1])
    publish(stories[0], by=editor)
    return stories[0]


def addresses(story):
    edition = story.editions.get(number=2)
    day = edition.posted_on
    yield from ("/", "/latest/", "/topics/", "/corrections/", "/search/?q=headline")
    yield from ("/search/?q=headlnie", "/nothing/")
    yield from (edition.get_absolute_url(), edition.section.get_absolute_url())
    yield from (make_topic("Syria").get_absolute_url(), "/authors/zoe/")
    yield from (f"/{day.year}/", f"/{day:%Y/%m}/", f"/{day:%Y/%m/%d}/")


def test_no_page_of_the_time_machine_costs_more_than_twelve_queries(
    desk, story, django_assert_max_num_queries
):
    moment = f"{timezone.localtime():%Y-%m-%dT%H:%M:%S}"

    for address in addresses(story):
        with django_assert_max_num_queries(12, info=address):
            answer = desk.get(f"/admin/at/{moment}{address}")
        assert answer.status_code == (404 if "nothing" in address else 200), address


@pytest.mark.parametrize("page", ["preview", "edition/1", "edition/2"])
def test_a_story_as_readers_see_it_costs_at_most_twelve_queries(
    desk, story, page, django_assert_max_num_queries
):
    for _ in range(5):
        make_link(story)
    with django_assert_max_num_queries(12):
        assert desk.get(f"/admin/articles/post/{story.pk}/{page}/").status_code == 200


def test_the_draft_of_a_front_costs_at_most_twelve_queries(
    desk, story, django_assert_max_num_queries
):
    for name in ("home", make_section().pk):
        with django_assert_max_num_queries(12):
            page = desk.get(f"/admin/articles/placement/{name}/draft/")
        assert page.status_code == 200
