"""The site's version changes whenever a page may, and only then."""

import datetime as dt

import pytest

from articles.publishing.publish import cancel_schedule, publish, withdraw
from articles.publishing.site_version import site_version
from tests.builders import make_post, make_story

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)


def test_it_holds_while_nothing_happens():
    make_story(now=NOON)

    assert site_version(NOON + SECOND) == site_version(NOON + HOUR)


def test_publishing_and_withdrawing_change_it(editor):
    versions = [str(site_version(NOON))]
    post = make_story(now=NOON)
    versions.append(str(site_version(NOON)))
    withdraw(post, by=editor, now=NOON + SECOND)
    versions.append(str(site_version(NOON)))

    assert len(set(versions)) == 3


def test_a_scheduled_second_changes_it_by_itself(editor):
    post = make_post()
    publish(post, by=editor, at=NOON + HOUR, now=NOON)

    before, after = site_version(NOON + HOUR - SECOND), site_version(NOON + HOUR)

    assert str(before) != str(after)
    assert before.changes_at == NOON + HOUR
    assert after.changes_at is None


def test_a_scheduled_withdrawal_changes_it_by_itself(editor):
    post = make_story(now=NOON)
    withdraw(post, by=editor, at=NOON + HOUR, now=NOON)

    assert str(site_version(NOON + HOUR - SECOND)) != str(site_version(NOON + HOUR))


def test_cancelling_changes_it(editor):
    post = make_story(now=NOON)
    publish(post, by=editor, at=NOON + HOUR, now=NOON)
    before = site_version(NOON)

    cancel_schedule(post, by=editor, now=NOON)

    assert str(site_version(NOON)) != str(before)
    assert site_version(NOON).changes_at is None


def test_it_costs_one_query(django_assert_num_queries):
    make_story(now=NOON)

    with django_assert_num_queries(1):
        site_version(NOON)
