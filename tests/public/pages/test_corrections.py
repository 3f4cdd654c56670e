"""The page of corrections."""

import pytest
import time_machine
from django.db import connection

from articles.public.pages.corrections import corrected
from articles.publishing.steps.publish import publish
from articles.publishing.steps.put_back import put_back
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_stories, make_story

from ..addresses import HOUR, NOON, SECOND

pytestmark = pytest.mark.django_db

ADDRESS = "/corrections/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def correct(post, note, *, at=None, kind="correction", now=None, **changed):
    """Publish the post again, telling readers what was changed."""
    post.refresh_from_db()
    post.change_kind, post.change_note = kind, note
    for name, value in changed.items():
        setattr(post, name, value)
    post.version += 1
    post.save()
    if at:
        schedule(post, by=None, at=at, now=now)
    else:
        publish(post, by=None, now=now)


def notes(client, address=ADDRESS):
    return [each.note for each in client.get(address).context["corrections"]]


def test_what_was_put_right_is_listed_newest_first_with_its_note(client, clock):
    first, second = make_story("First", at=NOON - HOUR), make_story("Second", at=NOON - HOUR)
    correct(first, "The year was 2015.")
    clock.shift(SECOND)
    correct(second, "The name was misspelt.", kind="clarification")
    clock.shift(SECOND)
    correct(make_story("Third", at=NOON), "New figures.", kind="update")

    page = client.get(ADDRESS)

    assert notes(client) == ["The name was misspelt.", "The year was 2015."]
    assert "Clarification" in page.text
    assert first.editions.first().get_absolute_url() in page.text
    assert "New figures." not in page.text


def test_the_story_stands_under_the_headline_that_it_has_now(client, clock):
    post = make_story("Mayor arrested", at=NOON - HOUR)
    correct(post, "It was not the mayor.")
    clock.shift(SECOND)
    post.refresh_from_db()
    post.headline = "Man arrested"
    post.version += 1
    post.save()
    publish(post, by=None)

    page = client.get(ADDRESS).text

    assert "Man arrested" in page
    assert "Mayor arrested" not in page
    assert notes(client) == ["It was not the mayor."]


def test_a_correction_appears_at_its_second_and_goes_with_its_story(client, clock):
    post = make_story("Story", at=NOON - HOUR)
    correct(post, "Marker.", at=NOON + HOUR, now=NOON)

    clock.move_to(NOON + HOUR - SECOND)
    assert "Marker." not in client.get(ADDRESS).text
    clock.move_to(NOON + HOUR)
    assert notes(client) == ["Marker."]
    clock.shift(SECOND)
    withdraw(post, by=None)
    assert "Marker." not in client.get(ADDRESS).text
    clock.shift(SECOND)
    put_back(post, by=None)
    assert notes(client) == ["Marker."]


def test_older_corrections_are_on_older_pages(client, clock):
    posts = make_stories({"at": NOON - 2 * HOUR} for _ in range(21))
    for number, post in enumerate(posts):
        correct(post, f"Note {number}.", at=NOON - HOUR + number * SECOND, now=NOON - HOUR)

    page = client.get(ADDRESS)

    assert notes(client) == [f"Note {number}." for number in range(20, 0, -1)]
    older = page.context["pager"].older_url
    assert notes(client, older) == ["Note 0."]
    assert client.get(older).context["pager"].newer_url == ADDRESS


def test_an_empty_page_says_so(client):
    assert "Nothing has had to be corrected." in client.get(ADDRESS).text


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads so small a table whole")
def test_corrections_are_read_from_an_index_of_their_own():
    plan = corrected(NOON).order_by("-live_from", "-post_id").explain()

    assert "USING INDEX edition_corrections" in plan
    assert "TEMP B-TREE" not in plan
