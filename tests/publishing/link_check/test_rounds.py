"""The rounds: every live story is checked in its turn, and sooner when something happens to it."""

import datetime as dt

import pytest
from django.utils import timezone

from articles.models import LinkProblem
from articles.publishing.link_check import rounds
from articles.publishing.steps.publish import publish
from articles.publishing.steps.put_back import put_back
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_link, make_post, make_stories, make_story

pytestmark = pytest.mark.django_db

DEAD = '<p><a href="/no/such/">x</a></p>'


@pytest.fixture
def small(monkeypatch):
    """Few stories at a time."""
    for name in ("A_ROUND", "CHANGED", "KNOWN"):
        monkeypatch.setattr(rounds, name, 2)


def go(place=""):
    return rounds.check_some(place, now=timezone.now())


def test_the_round_comes_to_every_live_story_and_begins_again(small):
    make_stories([{"text": DEAD} for _ in range(5)])
    place, new = "", []
    for _minute in range(3):
        counts, place = go(place)
        new.append(counts.new)
    assert new == [2, 2, 1]

    LinkProblem.objects.all().delete()
    _counts, place = go(place)
    assert LinkProblem.objects.count() == 2


def test_what_was_published_just_now_is_checked_in_the_next_minute(small):
    make_stories([{} for _ in range(5)], now=timezone.now() - dt.timedelta(hours=1))
    _counts, place = go()
    story = make_story(text=DEAD)

    go(place)

    assert LinkProblem.objects.get().post == story


def test_stories_that_link_to_one_that_is_withdrawn_are_checked_in_the_next_minute(small):
    target = make_story()
    story = make_post()
    make_link(story, target)
    publish(story, by=None)
    make_stories([{} for _ in range(5)])
    _counts, place = go()
    _counts, place = go(place)
    withdraw(target, by=None)

    go(place)

    assert LinkProblem.objects.get().target == target


def test_so_are_stories_that_link_to_it_in_their_texts(small):
    target = make_story()
    page = target.editions.get().get_absolute_url()
    story = make_story(text=f'<p><a href="{page}">There</a></p>')
    make_stories([{} for _ in range(5)])
    _counts, place = go()
    for _minute in range(2):
        _counts, place = go(place)
    withdraw(target, by=None)

    go(place)

    assert [(each.post, each.target) for each in LinkProblem.objects.all()] == [(story, target)]


def test_a_dead_link_that_came_alive_is_noticed_in_a_minute_or_two(small):
    target = make_story()
    story = make_post()
    make_link(story, target)
    publish(story, by=None)
    withdraw(target, by=None)
    _counts, place = go()
    make_stories([{} for _ in range(5)])
    assert LinkProblem.objects.count() == 1
    put_back(target, by=None)

    _counts, place = go(place)

    assert LinkProblem.objects.count() == 0


def test_a_minute_costs_the_same_queries_however_many_stories_there_are(
    small, django_assert_max_num_queries
):
    make_stories([{"text": DEAD} for _ in range(9)])
    _counts, place = go()

    with django_assert_max_num_queries(15):
        go(place)
