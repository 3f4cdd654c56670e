"""Saying what is shown."""

import datetime as dt

import pytest

from articles.public.lists.list_title import date_range, join_names


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("2016-12-01", "2016-12-31", "1 to 31 December 2016"),
        ("2015-11-30", "2016-01-02", "30 November 2015 to 2 January 2016"),
        ("2016-11-30", "2016-12-02", "30 November to 2 December 2016"),
        ("2016-12-13", "2016-12-13", "13 December 2016"),
        ("2016-12-13", None, "since 13 December 2016"),
        (None, "2016-12-13", "until 13 December 2016"),
    ],
)
def test_a_range_of_days_is_said_no_longer_than_it_must_be(since, until, said):
    def day(text):
        return text and dt.date.fromisoformat(text)

    assert date_range(day(since), day(until)) == said


def test_names_are_said_as_a_list():
    assert join_names(["Syria"]) == "Syria"
    assert join_names(["Syria", "Labour", "Russia"]) == "Syria, Labour and Russia"
