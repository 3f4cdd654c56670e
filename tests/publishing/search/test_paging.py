"""Pages of answers follow each other, forth and back."""

import datetime as dt

import pytest

from articles.publishing.search.filters import SearchFilters
from articles.publishing.search.matching import search_newest
from tests.builders import make_section, make_stories, make_topic

from .conftest import LATER, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def floods(once):
    """Twenty-three answers, with other stories between them."""
    once(make_floods)


def make_floods():
    headlines = []
    for number in range(23):
        headlines.append(f"Flood number {number}")
        if number % 3 == 0:
            headlines.append(f"Calm {number}")
    make_stories(
        {"headline": headline, "at": NOON + dt.timedelta(hours=hour), "topics": ["Rivers"]}
        for hour, headline in enumerate(headlines)
    )


@pytest.mark.parametrize("words", ["flood", '"flood number"', "flood -fire"])
@pytest.mark.parametrize("narrowed", ["by nothing", "by topic", "by section"])
def test_pages_go_on_and_back_without_a_gap(floods, plan, found_by, words, narrowed):
    filters = {
        "by nothing": SearchFilters(),
        "by topic": SearchFilters(topics=(make_topic("Rivers"),)),
        "by section": SearchFilters(section=make_section()),
    }[narrowed]

    def pages(way, place=None):
        while True:
            cursor = {"before" if way == "older" else "after": place} if place else {}
            results = found_by(words, at=LATER, filters=filters, size=5, **cursor)
            yield results
            place = getattr(results, way)
            if place is None:
                return

    down = list(pages("older"))
    found = [edition.headline for page in down for edition in page.editions]
    assert found == [f"Flood number {number}" for number in reversed(range(23))]
    assert down[0].newer is None
    assert down[0].count == (23 if plan == "few" and found_by is search_newest else None)

    up = list(pages("newer", down[-1].newer))
    found = [edition.headline for page in up for edition in reversed(page.editions)]
    start = 23 - len(down[-1].editions)
    assert sorted(found) == sorted(f"Flood number {number}" for number in range(23 - start, 23))
