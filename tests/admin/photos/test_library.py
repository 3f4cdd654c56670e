"""The library: its grid, its search and its filters."""

import datetime as dt

import pytest
from django.utils import timezone

from articles.models import ImportedPicture, Photo
from tests.builders import make_author, make_photo, make_post, make_story

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/photo/"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def shown(desk, **asked):
    page = desk.get(LIST, asked)
    assert page.status_code == 200
    return [card["photo"].slug for card in page.context["cl"].cards]


def in_days(days):
    return timezone.localdate() + dt.timedelta(days=days)


def test_the_newest_stand_first_each_with_what_is_to_be_known_of_it(desk):
    make_photo(slug="plain", credit="", alt="", rights_until=in_days(-1))
    live = make_photo(slug="live", caption="The <bridge>", territory="UK only")
    make_story(photo=live)

    page = desk.get(LIST)

    cards = page.context["cl"].cards
    assert [card["photo"].slug for card in cards] == ["live", "plain"]
    assert [mark["text"] for mark in cards[0]["marks"]] == ["Live"]
    marks = {mark["text"] for mark in cards[1]["marks"]}
    assert marks == {"Rights ended", "No alt text", "No credit"}
    assert "The &lt;bridge&gt;" in page.text
    assert "UK only" in page.text


@pytest.mark.parametrize(
    "typed",
    ["aleppo", "ALÈPPO", "street houses", "streets", "pa", "frontline", "front-line", "krieg"],
)
def test_a_picture_is_found_by_any_of_its_words_in_any_spelling(desk, typed):
    make_photo(slug="this", caption="A street in Aleppo.", keywords="war, Krieg, front-line")
    make_photo(slug="other", caption="A harbour.", credit="Reuters", alt="Boats.")

    assert shown(desk, q=typed) == ["this"]


def test_what_was_changed_is_found_by_its_new_words_at_once(desk):
    photo = make_photo(slug="this")
    desk.post(
        f"{LIST}{photo.pk}/change/", {"caption": "A lighthouse.", "focus_x": 50, "focus_y": 50}
    )

    assert shown(desk, q="lighthouse") == ["this"]
    assert Photo.objects.get().caption == "A lighthouse."


def test_one_wrong_letter_finds_it_and_says_what_was_looked_for(desk):
    make_photo(slug="this", caption="The harbour of Valletta.")

    page = desk.get(LIST, {"q": "valetta"})

    assert [card["photo"].slug for card in page.context["cl"].cards] == ["this"]
    assert "Nothing has “valetta”. These have “valletta”." in page.text


@pytest.mark.parametrize(
    ("asked", "fields"),
    [
        ({"lacks": "alt"}, {"alt": ""}),
        ({"lacks": "credit"}, {"credit": ""}),
        ({"rights": "ended"}, {"rights_until": in_days(-1)}),
        ({"rights": "week"}, {"rights_until": in_days(7)}),
        ({"rights": "ending"}, {"rights_until": in_days(30)}),
        ({"rights": "own"}, {"not_for_others": True}),
        ({"licence": "single"}, {"licence": "single"}),
        ({"agency": "Reuters"}, {"agency": "Reuters"}),
    ],
)
def test_a_filter_shows_these_and_no_others(desk, asked, fields):
    make_photo(slug="this", **fields)
    make_photo(slug="other", rights_until=in_days(40), licence="staff", agency="PA")
    make_photo(slug="decorative", alt="x", credit="y", decorative=True, licence="staff")

    assert shown(desk, **asked) == ["this"]
    assert shown(desk, **asked, q="aleppo") == ["this"]
    assert shown(desk, **asked, q="zanzibar") == []


def test_never_used_means_on_no_desk_in_no_edition_and_of_no_author(desk):
    unused, on_desk, was_live, of_author = (
        make_photo(slug=slug) for slug in ("unused", "desk", "live", "author")
    )
    make_post(photo=on_desk)
    story = make_story(photo=was_live)
    story.articles_caption_set.all().delete()
    author = make_author()
    author.picture = of_author
    author.save()

    assert shown(desk, lacks="use") == [unused.slug]


def test_a_picture_that_was_merged_is_not_offered_anywhere(desk):
    stays = make_photo(slug="stays")
    gone = make_photo(slug="gone", merged_into=stays)

    assert shown(desk) == ["stays"]
    assert shown(desk, q="aleppo") == ["stays"]
    found = desk.get("/admin/articles/post/choose/photos/", {"q": "aleppo"}).json()
    assert [each["slug"] for each in found["results"]] == ["stays"]
    page = desk.get(f"{LIST}{gone.pk}/change/")
    assert "was merged with" in page.text
    assert 'name="_save"' not in page.text


@pytest.mark.parametrize(
    "typed",
    ["", " ", "*", "'", "a'b", "\x00", "((", "2016", "13 December 2016", "%", "_", "x" * 900],
)
def test_no_question_is_an_error(desk, typed):
    make_photo()

    for asked in ("q", "agency", "licence", "lacks", "rights", "p"):
        assert desk.get(LIST, {asked: typed}).status_code in {200, 302}


def test_the_form_says_where_a_picture_is_was_and_will_be_used(desk):
    photo = make_photo()
    make_post("On the desk only", photo=photo)
    make_story("Read today", photo=photo)
    before = make_story("Read before", photo=photo)
    before.articles_caption_set.all().delete()
    from articles.publishing.steps.withdraw import withdraw

    withdraw(before, by=None)

    page = desk.get(f"{LIST}{photo.pk}/change/")

    used = page.text.split("Where it is used")[1]
    live, rest = used.split("On the desk", 1)
    assert "Read today" in live
    desk_part, was = rest.split("Readers saw it before in")
    assert "On the desk only" in desk_part
    assert "Read before" in was
    assert "Read today" not in was


def test_the_list_and_a_form_cost_the_same_however_much_there_is(
    desk, django_assert_max_num_queries
):
    photo = make_photo()
    make_story(photo=photo)
    desk.get(LIST)  # a session's first page notes when it was
    for address in (LIST, f"{LIST}?q=aleppo", f"{LIST}?lacks=use", f"{LIST}{photo.pk}/change/"):
        with django_assert_max_num_queries(12) as few:
            desk.get(address)
        make_story(photo=photo)
        make_post(photo=make_photo(content_hash="f" * 64, look="0123456789abcdef"))
        with django_assert_max_num_queries(len(few)):
            desk.get(address)


def test_pictures_of_an_import_that_lack_something_are_found(desk):
    for origin in ("ours", "theirs"):
        for lacks in ("alt", "credit", "nothing"):
            fields = {} if lacks == "nothing" else {lacks: ""}
            photo = make_photo(slug=f"{origin}-{lacks}", **fields)
            if origin == "theirs":
                ImportedPicture.objects.create(photo=photo, source="old-site", address="/a.jpg")

    assert shown(desk, origin="import", lacks="alt") == ["theirs-alt"]
    assert shown(desk, origin="import", lacks="credit") == ["theirs-credit"]
    assert len(shown(desk, origin="import")) == 3


def test_stories_are_found_by_the_new_words_of_their_pictures(desk):
    photo = make_photo()
    make_post("Harbour story", photo=photo)

    desk.post(
        f"{LIST}{photo.pk}/change/", {"caption": "A lighthouse.", "focus_x": 50, "focus_y": 50}
    )

    page = desk.get("/admin/articles/post/", {"q": "lighthouse"})
    assert "Harbour story" in page.text


def test_stories_that_go_on_keeping_a_picture_from_others_are_named(desk):
    photo = make_photo(not_for_others=True)
    make_story("Live with it", photo=photo)
    sent = {
        "focus_x": 50,
        "focus_y": 50,
        "credit": "PA",
        "alt": "A street.",
    }

    page = desk.post(f"{LIST}{photo.pk}/change/", sent, follow=True)

    assert "once these are published again: “Live with it”" in page.text
