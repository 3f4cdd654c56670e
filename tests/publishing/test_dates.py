"""Days where the newsroom is, on the nights the clocks change too."""

import datetime as dt

import pytest

from articles.publishing.dates import day_of, ends, month_after, starts

HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("day", "hours"),
    [(dt.date(2016, 12, 13), 24), (dt.date(2016, 3, 27), 23), (dt.date(2016, 10, 30), 25)],
)
def test_a_day_is_as_long_as_its_clocks_say(day, hours):
    begin, end = (moment.astimezone(dt.UTC) for moment in (starts(day), ends(day)))

    assert end - begin == hours * HOUR


def test_half_past_midnight_in_summer_belongs_to_the_local_day():
    assert day_of(dt.datetime(2016, 6, 30, 23, 30, tzinfo=dt.UTC)) == dt.date(2016, 7, 1)


@pytest.mark.parametrize("year", [1, 1599, 3000, 9999])
def test_a_day_that_no_story_can_have_is_refused(year):
    with pytest.raises(ValueError, match="no day"):
        starts(dt.date(year, 1, 1))


def test_january_comes_after_december():
    assert month_after(dt.date(2016, 12, 31)) == dt.date(2017, 1, 1)
