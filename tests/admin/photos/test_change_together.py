"""Words and rights for several pictures of the library at once."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from articles.desk.search.find import find_posts
from articles.models import Photo, Post
from articles.publishing.pictures.change_together import change_picture
from tests.builders import make_photo, make_story, make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/photo/"
TOGETHER = f"{LIST}together/"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def change(desk, *photos, **given):
    return desk.post(TOGETHER, {"photo": [photo.pk for photo in photos]} | given)


def test_pictures_that_are_ticked_in_the_grid_come_to_the_form(desk):
    one, other, _third = make_photo(credit="Anna"), make_photo(credit=""), make_photo()
    assert "Change words and rights…" in desk.get(LIST).text

    ticked = {"action": "change_together", "_selected_action": [one.pk, other.pk]}
    page = desk.post(LIST, ticked, follow=True)

    assert {photo.pk for photo in page.context["photos"]} == {one.pk, other.pk}
    assert "Change 2 pictures" in page.text
    assert "Now in 1 of 2: Anna" in page.text
    assert "Leave it as it is" in page.text


def test_what_is_empty_is_filled_and_what_is_there_stays_and_is_said(desk):
    empty, full = make_photo(credit="", caption="One"), make_photo(credit="Reuters", caption="Two")
    sent = {
        "credit": "PA",
        "agency": "PA Media",
        "licence": "agency",
        "territory": "UK only",
        "not_for_others": "on",
        "rights_until": "2031-01-31",
    }

    page = change(desk, empty, full, **sent)

    empty.refresh_from_db()
    full.refresh_from_db()
    assert (empty.credit, full.credit) == ("PA", "Reuters")
    for photo in (empty, full):
        assert (photo.agency, photo.licence, photo.territory) == ("PA Media", "agency", "UK only")
        assert (photo.not_for_others, photo.rights_until) == (True, dt.date(2031, 1, 31))
    assert "Filled in: credit, agency" in page.text
    assert "Left as it was: credit, “Reuters”" in page.text
    assert LogEntry.objects.filter(object_id=full.pk, change_message__contains="agency").exists()


def test_what_is_there_is_replaced_only_when_asked_and_said_with_what_it_was(desk):
    photo = make_photo(credit="Reuters", licence="staff")

    page = change(desk, photo, credit="PA", licence="agency", replace="on")

    photo.refresh_from_db()
    assert (photo.credit, photo.licence) == ("PA", "agency")
    assert "Replaced: credit, which was “Reuters”" in page.text
    assert "Replaced: licence, which was “Our own”" in page.text


@pytest.mark.parametrize("replace", [{}, {"replace": "on"}])
def test_keywords_come_beside_those_that_are_there(desk, replace):
    photo = make_photo(keywords="Aleppo, War")

    change(desk, photo, keywords="war, Street", **replace)
    page = change(desk, photo, keywords="street", **replace)

    photo.refresh_from_db()
    assert photo.keywords == "Aleppo, War, Street"
    assert "Nothing changed." in page.text


def test_live_stories_keep_their_edition_and_the_desk_finds_them_by_the_new_words(desk):
    photo = make_photo(credit="")
    Photo.objects.filter(pk=photo.pk).update(decorative=True)
    post = make_story(photo=photo)

    change(desk, photo, credit="Zoltan")

    post.refresh_from_db()
    assert [edition.picture["credit"] for edition in post.editions.all()] == [""]
    assert find_posts("zoltan", Post.objects.all()).keys == [post.pk]


def test_a_story_that_is_scheduled_is_held_back_when_the_rights_end_before(desk):
    now = timezone.now()
    photo = make_photo()
    post = make_story("Tomorrow", photo=photo, at=now + dt.timedelta(days=30), now=now)

    page = change(desk, photo, rights_until=str(timezone.localdate() + dt.timedelta(days=2)))

    assert "“Tomorrow” was scheduled for" in page.text
    assert not post.editions.filter(live_from__gt=now).exists()


def test_one_that_is_refused_says_why_and_keeps_none_of_the_others_out(desk):
    crowded, other = make_photo(keywords="x" * 4_990), make_photo()

    page = change(desk, crowded, other, keywords="a new keyword")

    other.refresh_from_db()
    assert other.keywords == "a new keyword"
    assert "Not changed: Ensure this value has at most 5000 characters" in page.text


def test_nobody_changes_pictures_who_may_not(client):
    photo = make_photo(credit="")
    client.force_login(make_user(role=None))
    assert client.get(TOGETHER, {"photo": photo.pk}).status_code == 403
    assert change(client, photo, credit="PA").status_code == 403

    with pytest.raises(Exception, match="does not allow changes"):
        change_picture(photo, {"credit": "PA"}, by=make_user(role=None))
    photo.refresh_from_db()
    assert photo.credit == ""


def test_a_picture_that_was_merged_meanwhile_stays_as_it_is(desk, editor):
    stays, gone = make_photo(), make_photo(credit="")
    seen = Photo.objects.get(pk=gone.pk)
    Photo.objects.filter(pk=gone.pk).update(merged_into=stays)

    with pytest.raises(Exception, match="no longer in the library"):
        change_picture(seen, {"credit": "PA"}, by=editor)
    assert "No picture is chosen." in change(desk, gone, credit="PA").text


@pytest.mark.parametrize("asked", ["", "x", "\x00", "9" * 30])
def test_no_picture_means_choosing_some(desk, asked):
    assert "No picture is chosen." in desk.get(TOGETHER, {"photo": asked}).text
    assert desk.post(TOGETHER, {"photo": asked, "credit": "PA"}).status_code == 200


@pytest.mark.parametrize(
    "given", [{}, {"credit": "\x00"}, {"rights_until": "31.1.2031"}, {"licence": "nonsense"}]
)
def test_what_cannot_be_is_said_and_nothing_changes(desk, given):
    photo = make_photo(credit="")

    page = change(desk, photo, **given)

    assert "Nothing was changed." in page.text
    photo.refresh_from_db()
    assert photo.credit == ""


def test_buttons_say_what_is_done_with_those_that_are_ticked(desk, client, reporter):
    make_photo()
    change_button, delete_button = 'value="change_together"', 'value="delete_selected"'
    assert desk.get(LIST).text.count(change_button) == desk.get(LIST).text.count(delete_button) == 1

    client.force_login(reporter)  # who may change pictures, and delete none
    assert change_button in client.get(LIST).text
    assert delete_button not in client.get(LIST).text
