"""The picture library's screens."""

import datetime as dt

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from articles.desk.blocks import Caption
from articles.library.pictures.renditions import all_renditions
from articles.models import Photo
from articles.publishing.steps.publish import publish
from articles.publishing.steps.readiness import NotReady
from tests.admin.browsing import sent_by
from tests.builders import make_photo, make_post
from tests.library.pictures.files import XMP, bomb, picture_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pictures_read_here")]

ADD = "/admin/articles/photo/add/"
LIST = "/admin/articles/photo/"


def upload(client, file, **fields):
    data = {"file": file, "focus_x": 50, "focus_y": 50} | fields
    return client.post(ADD, data, follow=True)


def change(photo):
    return f"/admin/articles/photo/{photo.pk}/change/"


def test_an_upload_becomes_a_photo_with_its_files_and_says_what_it_read(client, picture_editor):
    client.force_login(picture_editor)

    page = upload(client, picture_file(xmp=XMP.encode()))

    photo = Photo.objects.get()
    assert (photo.caption, photo.slug) == ("A street in Aleppo.", "a-street-in-aleppo")
    assert photo.added_by == picture_editor
    assert "Read from the picture file: caption, credit" in page.text
    assert all(default_storage.exists(name) for name in all_renditions(photo.as_picture()))


def test_a_refused_file_is_explained_and_stores_nothing(client, editor):
    client.force_login(editor)

    page = upload(client, bomb())

    assert "million pixels" in page.text
    assert not Photo.objects.exists()


def test_a_picture_that_is_there_already_is_offered_and_not_stored_twice(client, editor):
    client.force_login(editor)
    upload(client, picture_file())

    page = upload(client, picture_file("other-name.jpg"))

    assert f'<a href="{change(Photo.objects.get())}">' in page.text
    upload(client, picture_file("other-name.jpg"), same_again="on")
    assert Photo.objects.count() == 2


def test_a_moved_focal_point_is_cut_at_once(client, editor):
    client.force_login(editor)
    upload(client, picture_file(size=(400, 600)))
    photo = Photo.objects.get()

    client.post(change(photo), {"focus_x": 50, "focus_y": 10})

    photo.refresh_from_db()
    assert photo.focus_y == 10
    assert all(default_storage.exists(name) for name in all_renditions(photo.as_picture()))


def test_the_form_names_the_stories_that_use_the_photo(client, editor):
    photo = make_photo()
    make_post("Aleppo falls silent", photo=photo)
    client.force_login(editor)

    assert "Aleppo falls silent" in client.get(change(photo)).text


def test_the_list_costs_the_same_for_one_photo_and_for_thirty(
    client, editor, django_assert_num_queries
):
    client.force_login(editor)
    make_photo()
    client.get(LIST)  # a session's first page notes when it was
    with django_assert_num_queries(10, exact=False) as few:
        client.get(LIST)
    for _number in range(30):
        make_photo()

    with django_assert_num_queries(len(few)):
        client.get(LIST)


def test_a_photo_in_a_story_cannot_be_deleted(client, editor):
    photo = make_photo()
    make_post(photo=photo)
    client.force_login(editor)

    client.post(f"/admin/articles/photo/{photo.pk}/delete/", {"post": "yes"})

    assert Photo.objects.filter(pk=photo.pk).exists()


def test_deleting_takes_the_original_away(client, editor, django_capture_on_commit_callbacks):
    client.force_login(editor)
    upload(client, picture_file())
    photo = Photo.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/admin/articles/photo/{photo.pk}/delete/", {"post": "yes"})

    assert not photo.file.storage.exists(photo.file.name)


def test_who_may_only_look_sees_the_picture_and_not_the_file(client, db):
    from django.contrib.auth.models import Permission

    from tests.builders import make_user

    reader = make_user(role=None)
    reader.user_permissions.add(Permission.objects.get(codename="view_photo"))
    client.force_login(reader)

    page = client.get(change(make_photo()))

    assert page.status_code == 200
    assert "originals" not in page.text
    assert upload(client, picture_file()).status_code == 403


def test_a_photo_whose_rights_have_ended_cannot_be_published(editor):
    ended = make_photo(rights_until=dt.date(2016, 12, 12))
    post = make_post(photo=ended)
    day = dt.datetime(2016, 12, 12, 12, tzinfo=dt.UTC)

    with pytest.raises(NotReady, match="ended on 12 December 2016"):
        publish(post, by=editor, now=day + dt.timedelta(days=1))
    assert publish(post, by=editor, now=day)
    assert Caption.objects.count() == 1


def test_a_day_and_a_moment_are_typed_into_the_browsers_own_fields(client, picture_editor):
    taken = timezone.make_aware(dt.datetime(2026, 11, 3, 9, 30, 12))
    photo = make_photo(taken_at=taken, rights_until="2030-01-02")
    client.force_login(picture_editor)
    address = f"/admin/articles/photo/{photo.pk}/change/"

    page = client.get(address)
    client.post(address, sent_by(page) | {"caption": "Changed."})

    assert 'type="datetime-local" name="taken_at" value="2026-11-03T09:30"' in page.text
    assert 'type="date" name="rights_until" value="2030-01-02"' in page.text
    photo.refresh_from_db()
    assert (photo.caption, str(photo.rights_until)) == ("Changed.", "2030-01-02")
    assert timezone.localtime(photo.taken_at).minute == 30
