"""The calendars of the archives."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from articles.public.lists.calendar import days_of, months_of
from articles.publishing.editions.edition import Edition
from articles.publishing.steps.publish import publish
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_story

from ..addresses import HOUR, NOON, SECOND

pytestmark = pytest.mark.django_db

JUNE = dt.date(2026, 6, 1)


def at(*parts):
    return dt.datetime(*parts, tzinfo=dt.UTC)


def days_with_stories(first, moment):
    """{day: number of stories} of a month."""
    weeks = days_of(first, at=moment)["weeks"]
    return {cell["day"]: cell["stories"] for week in weeks for cell in week if cell and cell["url"]}


def test_a_month_says_how_many_stories_each_day_has():
    make_story(at=NOON)
    make_story(at=NOON + HOUR)
    make_story(at=NOON + dt.timedelta(days=11))
    make_story(at=NOON + dt.timedelta(days=40))

    assert days_with_stories(JUNE, at(2026, 12, 1)) == {1: 2, 12: 1}


def test_a_year_says_how_many_stories_each_month_has():
    make_story(at=NOON)
    make_story(at=NOON + dt.timedelta(days=40))

    months = months_of(2026, at=at(2026, 12, 1))

    assert [month["stories"] for month in months] == [0] * 5 + [1, 1] + [0] * 5
    assert months[5]["url"] == "/2026/06/"
    assert months[0]["url"] == ""


def test_a_day_begins_when_it_does_where_the_newsroom_is():
    make_story(at=at(2026, 6, 9, 22, 59, 59))
    make_story(at=at(2026, 6, 10, 23, 0, 0))

    assert days_with_stories(JUNE, at(2026, 12, 1)) == {9: 1, 11: 1}


def test_the_days_on_which_the_clocks_change_have_all_their_hours():
    make_story(at=at(2026, 3, 29, 0, 0))
    make_story(at=at(2026, 3, 29, 22, 59, 59))
    make_story(at=at(2026, 10, 25, 23, 59, 59))
    make_story(at=at(2026, 10, 24, 23, 0))

    assert days_with_stories(dt.date(2026, 3, 1), at(2026, 12, 1)) == {29: 2}
    assert days_with_stories(dt.date(2026, 10, 1), at(2026, 12, 1)) == {25: 2}


def test_a_scheduled_story_enters_the_calendar_at_its_second_and_a_withdrawn_one_leaves_it(client):
    with time_machine.travel(NOON, tick=False) as clock:
        make_story(at=NOON - HOUR)
        post = make_story(at=NOON + dt.timedelta(days=2), now=NOON)
        clock.move_to(NOON + dt.timedelta(days=2) - SECOND)
        assert "/2026/06/03/" not in client.get("/2026/06/").text
        clock.move_to(NOON + dt.timedelta(days=2))
        assert 'href="/2026/06/03/"' in client.get("/2026/06/").text
        clock.shift(SECOND)
        withdraw(post, by=None)
        assert "/2026/06/03/" not in client.get("/2026/06/").text


def test_earlier_editions_of_a_story_are_not_counted():
    post = make_story(at=NOON)
    for number in range(3):
        publish(post, by=None, now=NOON + (number + 1) * HOUR)

    assert Edition.objects.count() == 4
    assert days_with_stories(JUNE, at(2026, 12, 1)) == {1: 1}


def test_counting_stops_where_it_is_said_to(monkeypatch):
    monkeypatch.setattr("articles.public.lists.bounded_counts.MANY", 3)
    monkeypatch.setattr("articles.public.lists.calendar.MANY", 3)
    for _ in range(5):
        make_story(at=NOON)

    months = months_of(2026, at=at(2026, 12, 1))

    assert (months[5]["stories"], months[5]["many"]) == (3, True)


def test_the_week_begins_as_in_the_language_of_the_site():
    with override("en-gb"):
        assert days_of(JUNE, at=NOON)["heads"][0]["short"] == "Mon"
        assert days_of(JUNE, at=NOON)["weeks"][0][0]["day"] == 1
    with override("en-us"):
        american = days_of(JUNE, at=NOON)
        assert str(american["heads"][0]["long"]) == "Sunday"
        assert american["weeks"][0][:2] == [None, american["weeks"][0][1]]
        assert american["weeks"][0][1]["day"] == 1


def test_a_calendar_takes_one_query():
    make_story(at=NOON)

    with CaptureQueriesContext(connection) as queries:
        days_of(JUNE, at=NOON)

    assert len(queries) == 1


def test_the_calendar_is_a_table_that_says_what_it_is(client):
    with time_machine.travel(NOON, tick=False):
        make_story(at=NOON)

        page = client.get("/2026/06/").text

    assert "<caption" in page
    assert page.count('<th scope="col">') == 7
    assert "1 June:" in page
