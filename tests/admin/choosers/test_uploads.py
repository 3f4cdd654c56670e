"""Pictures added beside a story, and their words and focal point changed there."""

import datetime as dt
from pathlib import Path

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from articles.library.pictures.renditions import all_renditions
from articles.library.uploads.store import store_picture
from articles.models import Photo
from tests.builders import make_photo, make_post, make_story, make_user
from tests.library.pictures.files import XMP, bomb, picture_file

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.admin.choosers.urls"),
    pytest.mark.usefixtures("pictures_read_here"),
]

UPLOAD = "/admin/on/choose/upload/"
WORDS = "/admin/on/choose/photo-words/"


@pytest.fixture
def desk(client, reporter):
    client.force_login(reporter)
    return client


@pytest.fixture
def photo():
    photo = Photo(slug="street")
    store_picture(photo, picture_file(size=(600, 900)))
    photo.save()
    return photo


def files_in(folder):
    return {path for path in Path(folder).rglob("*") if path.is_file()}


def send(client, *files):
    return client.post(UPLOAD, {"file": files}).json()["results"]


def change(client, photo, **fields):
    """Change fields, each given as (what the page showed, what was typed)."""
    data = {"photo": photo.slug}
    for name, (shown, typed) in fields.items():
        data |= {name: typed, f"initial-{name}": shown}
    return client.post(WORDS, data)


def test_a_picture_is_added_with_what_its_file_says(desk, reporter):
    [facts] = send(desk, picture_file(xmp=XMP.encode()))

    photo = Photo.objects.get()
    assert facts["slug"] == photo.slug == "a-street-in-aleppo"
    assert (facts["caption"], facts["by_me_today"]) == ("A street in Aleppo.", True)
    assert {"caption", "credit"} <= set(facts["filled"])
    assert facts["thumb"]
    assert not facts["known"]
    assert photo.added_by == reporter
    assert all(map(default_storage.exists, all_renditions(photo.as_picture())))
    assert LogEntry.objects.get().user == reporter


def test_several_are_answered_in_their_order_each_with_its_own_error(desk):
    first, second, third = send(
        desk, picture_file("harbour.jpg"), bomb(), picture_file("b.jpg", colour="red")
    )

    assert first["slug"] == "harbour"
    assert second["file"] == "bomb.png"
    assert "million pixels" in second["errors"][0]
    assert third["slug"] == "b"
    assert Photo.objects.count() == 2


def test_a_picture_that_is_there_already_is_the_one_in_the_library(desk):
    [first] = send(desk, picture_file("one.jpg"))
    Photo.objects.update(caption="As told in the library")

    [again] = send(desk, picture_file("another-name.jpg"))

    assert (again["slug"], again["known"]) == (first["slug"], True)
    assert again["caption"] == "As told in the library"
    assert Photo.objects.count() == 1


def test_when_the_row_cannot_be_saved_no_file_is_left(desk, monkeypatch, settings):
    before = files_in(settings.MEDIA_ROOT)

    def fails(*args, **kwargs):
        raise RuntimeError("the database is away")

    monkeypatch.setattr("articles.admin.photos.photo_admin.PhotoAdmin.log_addition", fails)
    with pytest.raises(RuntimeError):
        send(desk, picture_file())

    assert not Photo.objects.exists()
    assert files_in(settings.MEDIA_ROOT) == before


def test_whoever_may_not_add_pictures_is_told_so_and_nothing_is_read(client, db):
    client.force_login(make_user(role=None))

    answer = client.post(UPLOAD, {"file": picture_file()})

    assert answer.status_code == 403
    assert not Photo.objects.exists()


def test_an_upload_without_the_forms_token_is_refused(reporter):
    client = Client(enforce_csrf_checks=True)
    client.force_login(reporter)

    assert client.post(UPLOAD, {"file": picture_file()}).status_code == 403
    assert not Photo.objects.exists()


def test_no_file_and_another_method_are_answered(desk):
    assert desk.post(UPLOAD).json() == {"error": "No picture was sent."}
    assert desk.post(UPLOAD, {"file": "words"}).status_code == 400
    assert desk.get(UPLOAD).status_code == 405


def test_the_words_of_a_picture_are_shown_and_changed_in_place(desk):
    photo = make_photo(caption="Old", credit="PA Images", alt="")
    shown = desk.get(WORDS, {"photo": photo.slug}).json()
    assert shown["may_change"]
    assert shown["fields"]["caption"] == "Old"

    answer = change(desk, photo, caption=("Old", "New"), alt=("", "A street."))

    photo.refresh_from_db()
    assert (photo.caption, photo.alt, photo.credit) == ("New", "A street.", "PA Images")
    assert answer.json()["facts"]["caption"] == "New"
    assert "before: “Old”" in LogEntry.objects.get().get_change_message()


def test_a_colleagues_words_are_not_overwritten(desk):
    photo = make_photo(caption="A colleague’s", alt="Old")

    answer = change(desk, photo, caption=("Old", "Mine"))

    photo.refresh_from_db()
    assert photo.caption == "A colleague’s"
    assert answer.status_code == 422
    assert answer.json()["stale"] == ["caption"]
    assert answer.json()["errors"][""] == [
        "A colleague saved this meanwhile. Nothing you typed is lost."
    ]
    assert answer.json()["fields"]["caption"] == "A colleague’s"


def test_words_that_are_too_long_are_refused_beside_their_field(desk):
    photo = make_photo(credit="PA")

    answer = change(desk, photo, credit=("PA", "x" * 300))

    photo.refresh_from_db()
    assert photo.credit == "PA"
    assert "at most 200 characters" in answer.json()["errors"]["credit"][0]


def test_a_field_that_is_not_sent_stays(desk):
    photo = make_photo(decorative=True)

    change(desk, photo, caption=(photo.caption, "New"))

    photo.refresh_from_db()
    assert photo.decorative


def test_decorative_is_set_and_unset(desk):
    photo = make_photo()

    change(desk, photo, decorative=("False", "on"))
    photo.refresh_from_db()
    assert photo.decorative

    change(desk, photo, decorative=("True", "false"))
    photo.refresh_from_db()
    assert not photo.decorative


def test_a_focal_point_that_moves_gets_new_crops(desk, photo):
    answer = change(desk, photo, focus_x=("50", "20"), focus_y=("50", "90"))

    photo.refresh_from_db()
    assert (photo.focus_x, photo.focus_y) == (20, 90)
    assert all(map(default_storage.exists, all_renditions(photo.as_picture())))
    assert "20-90" in answer.json()["facts"]["thumb"]


def test_a_focal_point_outside_the_picture_is_refused(desk, photo):
    answer = change(desk, photo, focus_x=("50", "101"))

    photo.refresh_from_db()
    assert photo.focus_x == 50
    assert answer.status_code == 422
    assert "focus_x" in answer.json()["errors"]


def test_without_the_original_the_point_is_kept_and_it_is_said(desk):
    photo = make_photo()

    answer = change(desk, photo, focus_x=("50", "20"))

    photo.refresh_from_db()
    assert photo.focus_x == 20
    assert answer.json()["notes"] == [
        "The picture as uploaded is missing, so no new crops were made."
    ]


def test_what_is_held_back_by_the_change_is_said(desk, reporter):
    photo, now = make_photo(), timezone.now()
    make_story("Tomorrow", photo=photo, at=now + dt.timedelta(days=1), now=now)

    answer = change(desk, photo, credit=("PA Images", ""))

    [note] = answer.json()["notes"]
    assert "“Tomorrow” was scheduled" in note
    assert not list(get_messages(answer.wsgi_request))


def test_whoever_may_not_change_pictures_sees_their_words_only(client, db):
    person, photo = make_user(role=None), make_photo()
    person.user_permissions.set(_permissions("view_photo"))
    client.force_login(person)

    assert not client.get(WORDS, {"photo": photo.slug}).json()["may_change"]
    assert change(client, photo, caption=(photo.caption, "Mine")).status_code == 403
    photo.refresh_from_db()
    assert photo.caption != "Mine"


@pytest.mark.parametrize("slug", ["", "no-such", "\x00", "a" * 900])
def test_a_picture_that_is_not_there_is_an_answer(desk, slug):
    make_post()

    assert desk.get(WORDS, {"photo": slug}).status_code == 404
    assert desk.post(WORDS, {"photo": slug, "caption": "x"}).status_code == 404


@pytest.mark.parametrize("value", ["", "x", "-1", "٣", "9" * 30, "\x00"])
def test_no_value_sent_is_a_failure(desk, photo, value):
    for name in ("caption", "credit", "alt", "decorative", "focus_x", "focus_y"):
        assert desk.post(WORDS, {"photo": photo.slug, name: value}).status_code in {200, 422}


def _permissions(*names):
    return Permission.objects.filter(codename__in=names)
