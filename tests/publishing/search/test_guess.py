"""What is offered while a reader types, and when a word found little."""

import datetime as dt

import pytest

from articles.publishing.search.names import names_like
from articles.publishing.search.suggester import complete, did_you_mean, sound_of
from articles.publishing.steps.withdraw import withdraw

from .conftest import LATER, NOON

SECOND = dt.timedelta(seconds=1)


def test_a_beginning_is_completed_with_the_words_of_live_stories(story):
    story("Aleppo under fire")
    story("Aleppo again")
    story("Alert in Hull")

    assert complete("al", at=LATER) == ["aleppo", "alert"]
    assert complete("fire in ale", at=LATER) == ["fire in aleppo"]
    assert complete("AL", at=LATER) == ["aleppo", "alert"]


def test_a_completed_word_keeps_its_accents(story):
    story("Élysée")

    assert complete("ely", at=LATER) == ["élysée"]


def test_too_little_or_nothing_is_completed_with_nothing(story):
    story("Aleppo")

    for words in ("", "a", "aleppo -", "…", "\x00", "x" * 100_000):
        assert complete(words, at=LATER) == []


def test_words_of_stories_that_are_not_live_are_never_offered(story, editor):
    post = story("Marzipan", topics=["Marzipans"], at=NOON)
    withdraw(post, by=editor, at=NOON + dt.timedelta(hours=1), now=NOON)

    for at, offered in [
        (NOON - SECOND, False),
        (NOON, True),
        (NOON + 3599 * SECOND, True),
        (NOON + 3600 * SECOND, False),
    ]:
        assert bool(complete("marz", at=at)) is offered
        assert bool(did_you_mean("marzipam", at=at)) is offered
        assert bool(names_like("marz", at=at).topics) is offered


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("alepo", "aleppo"),
        ("aleppp", "aleppo"),
        ("alpepo", "aleppo"),
        ("goverment", "government"),
        ("govermnent", "government"),
        ("definately", "definitely"),
        ("governm", "government"),
        ("alep gove", "aleppo government"),
        ('"alepo government" -fire', '"aleppo government" -fire'),
        ("aleppo", ""),
        ("zzzzqqqq", ""),
        ("", ""),
    ],
)
def test_a_slip_is_put_right(story, typed, meant):
    story("Aleppo government definitely")

    assert did_you_mean(typed, at=LATER) == meant


def test_topics_are_found_by_their_beginning(story):
    story("One", topics=["Labour Party", "Law"])

    assert [topic.name for topic in names_like("Labour pa", at=LATER).topics] == ["Labour Party"]


def test_words_that_sound_alike_share_a_key():
    assert sound_of("definately") == sound_of("definitely")
    assert sound_of("kabul") != sound_of("kiev")
