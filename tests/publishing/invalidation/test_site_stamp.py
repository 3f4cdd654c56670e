"""The state of the site: its last change, the stamps of keys, and its next change by itself."""

import datetime as dt

import pytest

from articles.publishing.invalidation.invalidate import invalidate
from articles.publishing.invalidation.site_stamp import highest_stamp, site_query, site_stamp
from articles.publishing.steps.cancel_schedule import cancel_schedule
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from articles.publishing.surrogate_keys import NAMES_KEY, SITE_KEY, story_key
from tests.builders import make_post, make_story

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)


def test_publishing_and_withdrawing_are_changes(editor):
    counts = [site_stamp(NOON).count]
    post = make_story(now=NOON)
    counts.append(site_stamp(NOON).count)
    withdraw(post, by=editor, now=NOON + SECOND)
    counts.append(site_stamp(NOON).count)

    assert counts == sorted(set(counts))


def test_a_change_stamps_its_keys_and_no_others():
    story, other = make_story(now=NOON), make_story(now=NOON)
    invalidate([story_key(story.uuid)])

    count, highest = highest_stamp([story_key(story.uuid)])
    assert count == highest == site_stamp(NOON).count
    assert highest_stamp([story_key(other.uuid)])[1] < count
    assert highest_stamp(["never-seen"]) == (count, 0)


def test_sets_of_keys_are_read_with_the_site(editor):
    invalidate([SITE_KEY])
    invalidate([NAMES_KEY])

    sets = {"one": (SITE_KEY,), "both": (SITE_KEY, NAMES_KEY), "none": ("x",)}
    stamps = site_stamp(NOON, site_query(sets)).stamps

    assert stamps["both"] == stamps["one"] + 1
    assert stamps["none"] == 0


def test_a_scheduled_publication_is_the_next_change(editor):
    schedule(make_post(), by=editor, at=NOON + HOUR, now=NOON)

    assert site_stamp(NOON + HOUR - SECOND).changes_at == NOON + HOUR
    assert site_stamp(NOON + HOUR).changes_at is None


def test_a_scheduled_withdrawal_is_the_next_change(editor):
    post = make_story(now=NOON)
    withdraw(post, by=editor, at=NOON + HOUR, now=NOON)

    assert site_stamp(NOON + HOUR - SECOND).changes_at == NOON + HOUR


def test_cancelling_is_a_change(editor):
    post = make_story(now=NOON)
    schedule(post, by=editor, at=NOON + HOUR, now=NOON)
    before = site_stamp(NOON)

    cancel_schedule(post, by=editor, now=NOON)

    assert site_stamp(NOON).count > before.count
    assert site_stamp(NOON).changes_at is None


def test_it_costs_one_query(django_assert_num_queries):
    make_story(now=NOON)

    with django_assert_num_queries(1):
        site_stamp(NOON)
