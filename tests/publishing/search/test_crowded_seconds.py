"""Pages of answers where many stories share a second: every one is found, and once."""

import datetime as dt

import pytest

from articles.publishing.search.entry import place_of
from articles.publishing.search.filters import SearchFilters
from articles.publishing.steps.publish import publish
from tests.builders import make_author, make_section, make_stories, make_topic, make_user

from .conftest import LATER, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def crowded_seconds(once):
    """The keys of stories that share seconds, whose editions were made in another order than
    their posts."""
    return once(make_crowded_seconds)


def make_crowded_seconds():
    editor = make_user()
    posts = make_stories(
        {
            "headline": f"Flood {number}",
            "at": NOON + dt.timedelta(seconds=number // 7, milliseconds=number * 379 % 1000),
            "topics": ["Rivers", "York"],
            "authors": ["Ann"],
        }
        for number in range(31)
    )
    for post in posts[::3]:
        publish(post, by=editor, now=NOON + dt.timedelta(hours=1))
    return {post.pk for post in posts}


@pytest.mark.parametrize("size", [1, 3, 5])
@pytest.mark.parametrize(
    "narrowed", ["nothing", "topic", "topics", "author", "author and topic", "section", "span"]
)
@pytest.mark.parametrize("way", ["older", "newer"])
def test_every_story_of_a_crowded_second_is_found_once(
    crowded_seconds, plan, found_by, narrowed, size, way
):
    filters = {
        "nothing": SearchFilters(),
        "topic": SearchFilters(topics=(make_topic("Rivers"),)),
        "topics": SearchFilters(topics=(make_topic("Rivers"), make_topic("York"))),
        "author": SearchFilters(author=make_author("Ann")),
        "author and topic": SearchFilters(author=make_author("Ann"), topics=(make_topic("York"),)),
        "section": SearchFilters(section=make_section()),
        "span": SearchFilters(starts=NOON, ends=NOON + dt.timedelta(hours=1)),
    }[narrowed]
    cursor = {} if way == "older" else {"after": place_of(NOON - dt.timedelta(seconds=1))}

    found, steps = [], 0
    while cursor is not None and steps < 100:
        page = found_by("flood", at=LATER, filters=filters, size=size, **cursor)
        found += page.editions if way == "older" else reversed(page.editions)
        place = getattr(page, way)
        cursor = place and {"before" if way == "older" else "after": place}
        steps += 1

    order = [(edition.published_at.replace(microsecond=0), edition.pk) for edition in found]
    assert order == sorted(order, reverse=way == "older")
    assert len(found) == 31
    assert {edition.post_id for edition in found} == crowded_seconds
