"""The picture chooser: the library newest first, with one's own of today before the others."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.builders import make_photo, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.admin.choosers.urls")]

PHOTOS = "/admin/on/choose/photos/"
NOW = timezone.now()
TODAY = timezone.localdate()
SIGNED_IN = 11


def days_ago(days):
    return NOW - dt.timedelta(days=days)


@pytest.fixture
def desk(client, reporter):
    client.force_login(reporter)
    return client


def slugs(client, **asked):
    return [each["slug"] for each in client.get(PHOTOS, asked).json()["results"]]


def test_a_picture_is_found_with_what_the_grid_shows(desk):
    make_photo(slug="street", width=1800, height=1000, rights_note="Embargoed until six")

    [facts] = desk.get(PHOTOS, {"q": "aleppo"}).json()["results"]

    assert (facts["slug"], facts["credit"]) == ("street", "PA Images")
    assert (facts["usable"], facts["embargo"], facts["by_me_today"]) == (True, True, False)
    assert facts["rights"] == "Embargoed until six"
    assert "/3x2-50-50-480.webp" in facts["thumb"]
    assert "/whole-1200.webp" in facts["src"]


def test_ones_own_of_today_come_first_and_then_the_newest(desk, reporter):
    make_photo(slug="older", added_at=days_ago(3))
    make_photo(slug="mine-last-week", added_at=days_ago(7), added_by=reporter)
    make_photo(slug="mine-today", added_at=NOW - dt.timedelta(seconds=1), added_by=reporter)
    make_photo(slug="newest", added_at=NOW, added_by=make_user())

    assert slugs(desk) == ["mine-today", "newest", "older", "mine-last-week"]


@pytest.mark.parametrize("typed", ["aleppo", "PA images", "broken houses", "harbour-wall", "ALÈ"])
def test_words_of_caption_credit_alt_and_name_are_found(desk, typed):
    make_photo(slug="harbour-wall")
    make_photo(slug="other", caption="A goat.", credit="AP", alt="A goat in a field.")

    assert slugs(desk, q=typed) == ["harbour-wall"]


def test_one_wrong_letter_still_finds_the_picture(desk):
    make_photo(slug="one")

    answer = desk.get(PHOTOS, {"q": "alepo stret"}).json()

    assert [each["slug"] for each in answer["results"]] == ["one"]
    assert answer["meant"] == "aleppo street"


@pytest.mark.parametrize("typed", ["13 December 2016", "2016-12-13", "aleppo Dec 2016", "2016"])
def test_a_picture_is_found_by_the_day_it_was_taken(desk, typed):
    make_photo(slug="then", taken_at=dt.datetime(2016, 12, 13, 12, tzinfo=dt.UTC))
    make_photo(slug="another")

    assert slugs(desk, q=typed) == ["then"]


@pytest.mark.parametrize(
    ("only", "fields"),
    [
        ("no_alt", {"alt": ""}),
        ("rights", {"rights_until": TODAY + dt.timedelta(days=20)}),
        ("rights", {"rights_until": TODAY - dt.timedelta(days=20)}),
        ("portrait", {"width": 800, "height": 1200}),
    ],
)
def test_a_filter_leaves_the_others_out(desk, only, fields):
    make_photo(slug="this", **fields)
    make_photo(slug="other")
    make_photo(slug="decorative", alt="", decorative=True, rights_until=None)

    filtered = slugs(desk, filter=only)

    assert "this" in filtered
    assert "other" not in filtered
    assert slugs(desk, filter="landscape", q="aleppo")


def test_a_picture_whose_rights_have_ended_says_so(desk):
    make_photo(rights_until=TODAY - dt.timedelta(days=1))

    [facts] = desk.get(PHOTOS).json()["results"]

    assert not facts["usable"]
    assert facts["rights"].startswith("The rights ended on ")


def test_pages_follow_each_other_without_gaps_or_repeats(desk, reporter):
    for number in range(30):
        make_photo(slug=f"photo-{number:02}", added_at=days_ago(number + 2))
    for number in range(14):
        make_photo(slug=f"mine-{number:02}", added_at=NOW, added_by=reporter)

    first, second = slugs(desk), slugs(desk, page=2)

    assert len(first) + len(second) == len(set(first + second)) == 44
    assert desk.get(PHOTOS, {"page": 1}).json()["more"]
    assert not desk.get(PHOTOS, {"page": 2}).json()["more"]


def test_pages_of_a_search_follow_each_other_in_the_same_way(desk):
    for number in range(30):
        make_photo(slug=f"photo-{number:02}", added_at=days_ago(number))

    first, second = slugs(desk, q="aleppo"), slugs(desk, q="aleppo", page=2)

    assert first + second == [f"photo-{number:02}" for number in range(30)]


def test_a_search_within_a_filter_looks_beyond_what_the_filter_leaves_out(desk):
    for number in range(30):
        make_photo(slug=f"wide-{number:02}")
    make_photo(slug="tall", width=800, height=1200, added_at=days_ago(9))

    assert slugs(desk, q="aleppo", filter="portrait") == ["tall"]


@pytest.mark.parametrize("typed", ["", "aleppo", "alepo", "nothing like it"])
def test_a_page_takes_four_queries_at_most(desk, reporter, typed, django_assert_max_num_queries):
    for _number in range(20):
        make_photo(added_by=reporter)

    with django_assert_max_num_queries(SIGNED_IN + 4):
        desk.get(PHOTOS, {"q": typed})


@pytest.mark.parametrize("typed", [*"%'\"-([*٣\x00\ud800 ", "", "2016 0", "31.2.2016", "a" * 5_000])
def test_no_question_is_an_error(desk, typed):
    make_photo()
    typed = typed.encode("utf-8", "surrogatepass")

    for name in ("q", "page", "filter"):
        assert desk.get(PHOTOS, {name: typed}).status_code == 200


def test_nobody_is_shown_pictures_who_may_not_see_them(client, db):
    client.force_login(make_user(role=None))
    make_photo()

    assert client.get(PHOTOS).status_code == 403
