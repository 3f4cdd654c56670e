"""Stories to be searched."""

import datetime as dt

import pytest

from articles.library.words.query import parse
from articles.publishing.editions.edition import Edition
from articles.publishing.search.matching import newest, search_newest
from tests.builders import make_stories, make_story, make_user

NOON = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
LATER = NOON + dt.timedelta(days=300)


@pytest.fixture
def editor(db):
    return make_user()


@pytest.fixture
def story(editor):
    """Makes a story, an hour after the one before it."""
    hours = iter(range(1000))

    def make(headline, text="<p>Words.</p>", **fields):
        at = fields.pop("at", NOON + dt.timedelta(hours=next(hours)))
        return make_story(headline, text=text, by=editor, at=at, **fields)

    return make


@pytest.fixture
def stories(db):
    """Makes stories of these headlines, each an hour after the one before it."""

    def make(headlines, **fields):
        make_stories(
            {"headline": headline, "at": NOON + dt.timedelta(hours=hour), **fields}
            for hour, headline in enumerate(headlines)
        )

    return make


@pytest.fixture(params=["few", "many"])
def plan(request, monkeypatch):
    """Both ways to an answer."""
    if request.param == "many":
        monkeypatch.setattr("articles.publishing.search.matching.MAX_FEW", 2)
        monkeypatch.setattr("articles.publishing.search.matching.WALK_WINDOW", 4)
        monkeypatch.setattr("articles.publishing.search.matching.LIST_WINDOW", 4)
    return request.param


def newest_whole(words, *, at, **kwargs):
    return newest(parse(words), Edition.objects.live(at), at=at, **kwargs)


@pytest.fixture(params=[search_newest, newest_whole], ids=["a page", "a feed"])
def found_by(request):
    """What finds the newest stories: for a page, or to be shown whole."""
    return request.param
