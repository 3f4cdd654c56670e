"""The site in other languages than English: the language is a setting, and readers see no other."""

import datetime as dt

import pytest
import time_machine
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from articles.library import date_formats
from articles.public.lists.list_title import date_range, list_title
from tests.builders import make_story

from ..addresses import NOON

DAY = dt.date(2016, 12, 13)


@pytest.fixture
def speaking(settings):
    """A site whose setting is a language, as a process started with it would be."""

    def start(language):
        settings.LANGUAGE_CODE = language
        translation.activate(language)

    yield start
    translation.deactivate()


@pytest.fixture
def story(db):
    with time_machine.travel(NOON, tick=False):
        published = dt.datetime(2016, 12, 13, 10, tzinfo=dt.UTC)
        yield make_story("Alep", topics=["Syrie"], authors=["Anne", "Luc"], published_at=published)


def page(client, story):
    return client.get(story.editions.get().get_absolute_url()).text


@pytest.mark.parametrize(
    ("language", "day", "first", "month"),
    [
        ("en-gb", "13 December 2016", "1 December 2016", "December 2016"),
        ("en-us", "Dec. 13, 2016", "Dec. 1, 2016", "December 2016"),
        ("fr", "13 décembre 2016", "1er décembre 2016", "décembre 2016"),
        ("ar", "13 ديسمبر 2016", "1 ديسمبر 2016", "ديسمبر 2016"),
        ("de", "13. Dezember 2016", "1. Dezember 2016", "Dezember 2016"),
    ],
)
def test_a_day_is_written_in_the_languages_own_form(language, day, first, month):
    with translation.override(language):
        assert date_formats.format_day(DAY) == day
        assert date_formats.format_day(DAY.replace(day=1)) == first
        assert date_formats.format_month(DAY) == month


def test_a_language_that_says_the_month_first_never_cuts_a_range_of_days_short():
    with translation.override("en-us"):
        assert date_range(DAY.replace(day=2), DAY) == "Dec. 2, 2016 to Dec. 13, 2016"


def test_a_french_story_says_in_french_when_it_was_posted(client, story, speaking):
    speaking("fr")

    words = page(client, story)

    assert '<html lang="fr" dir="ltr">' in words
    assert "Publié le <time" in words
    assert ">13 décembre 2016</time>" in words
    assert "Posted on" not in words


def test_an_arabic_page_runs_from_right_to_left(client, story, speaking):
    speaking("ar")

    words = page(client, story)

    assert '<html lang="ar" dir="rtl">' in words
    assert ">13 ديسمبر 2016</time>" in words
    assert "Posted on" not in words


def test_a_month_as_a_title_begins_with_a_capital(client, story, speaking):
    speaking("fr")

    assert '<h1 class="page-title">Décembre 2016</h1>' in client.get("/2016/12/").text


def test_a_reader_with_another_language_sees_the_sites(client, story, speaking):
    speaking("fr")

    response = client.get(reverse("latest"), headers={"accept-language": "de"})

    assert '<html lang="fr"' in response.text


def test_what_a_list_shows_is_a_french_sentence():
    with translation.override("fr"):
        said = list_title(topics=["Syrie", "Travail"], since=DAY.replace(day=1), until=DAY)

    assert said == "Articles sur Syrie et Travail, du 1er au 13 décembre 2016"


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_errors_that_need_nothing_run_the_languages_way(language, speaking):
    speaking(language)
    way = "rtl" if language == "ar" else "ltr"

    assert f'<html lang="{language}" dir="{way}">' in render_to_string("errors/failure.html")


def test_arabic_has_a_plural_for_none_one_two_few_many_and_others():
    with translation.override("ar"):
        said = [stories(count) for count in (0, 1, 2, 3, 11, 100)]

    assert len(set(said)) == 6
    assert "11" in said[4]
    assert "100" in said[5]


def test_french_counts_none_and_one_alike():
    with translation.override("fr"):
        assert [stories(count) for count in (0, 1, 2)] == ["0 article", "1 article", "2 articles"]


def stories(count):
    return translation.ngettext("%(count)s story", "%(count)s stories", count) % {"count": count}


@pytest.mark.parametrize(
    ("language", "between"), [("en-gb", "</a> and <a"), ("fr", "</a> et <a"), ("ar", "</a> و<a")]
)
def test_a_byline_joins_two_names_as_the_language_does(language, between, story):
    with translation.override(language):
        byline = render_to_string("components/byline.html", {"byline": story.editions.get().byline})

    assert between in " ".join(byline.split())
