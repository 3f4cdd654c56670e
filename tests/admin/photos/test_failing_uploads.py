"""Uploads that fail: said beside the file, with the words kept and nothing left behind."""

import errno
import io
import subprocess
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError, call_command
from django.db import connection

from articles.library.pictures import machine_lock
from articles.library.uploads.store import store_picture
from articles.models import Photo
from tests.library.pictures.files import picture_file

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/photo/add/"


def everything(settings):
    """Every file and folder where pictures are kept; the first picture makes that of renditions."""
    places = Path(settings.MEDIA_ROOT, "renditions"), Path(settings.ORIGINALS_ROOT)
    return {path for place in places for path in place.rglob("*")}


def change(photo):
    return f"/admin/articles/photo/{photo.pk}/change/"


def fill_the_disk(monkeypatch, after):
    """The disk is full in the middle of a file, when so many have been written."""
    save, written = FileSystemStorage._save, []

    def full(storage, name, content):
        if len(written) == after:
            path = Path(storage.path(name))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"half")
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(name)
        return save(storage, name, content)

    monkeypatch.setattr(FileSystemStorage, "_save", full)


@pytest.fixture
def desk(client, picture_editor):
    client.force_login(picture_editor)
    return client


@pytest.fixture
def photo():
    photo = Photo(slug="street")
    store_picture(photo, picture_file(size=(400, 600)))
    photo.save()
    return photo


WORDS = {"caption": "Typed with care.", "focus_x": 50, "focus_y": 50}

# A picture of this size has more than ten renditions; the original is written last.
LAST = 13


@pytest.mark.parametrize("after", [0, 5, LAST])
def test_a_full_disk_is_said_and_nothing_is_left(desk, monkeypatch, settings, after):
    before = everything(settings)
    fill_the_disk(monkeypatch, after)

    page = desk.post(ADD, {"file": picture_file(size=(300, 300)), **WORDS})

    assert page.status_code == 200
    assert "there is no room where pictures are kept" in page.text
    assert "Typed with care." in page.text
    assert not Photo.objects.exists()
    assert everything(settings) == before


def test_a_full_disk_leaves_the_picture_that_was_to_be_replaced(desk, monkeypatch, settings, photo):
    before = everything(settings)
    fill_the_disk(monkeypatch, 3)

    page = desk.post(change(photo), {"file": picture_file(colour="maroon"), **WORDS})

    assert "there is no room" in page.text
    assert "Typed with care." in page.text
    assert everything(settings) == before
    assert Photo.objects.get().token == photo.token


def test_a_full_disk_keeps_the_focal_point_where_its_crops_are(desk, monkeypatch, settings, photo):
    before = everything(settings)
    fill_the_disk(monkeypatch, 2)

    page = desk.post(change(photo), WORDS | {"focus_y": 10})

    assert page.status_code == 200
    assert "there is no room" in page.text
    assert "Typed with care." in page.text
    assert everything(settings) == before
    assert Photo.objects.get().focus_y == 50


def test_the_command_says_which_picture_has_no_room_and_leaves_nothing(
    monkeypatch, settings, photo
):
    Photo.objects.update(focus_y=10)
    before = everything(settings)
    fill_the_disk(monkeypatch, 2)
    said = io.StringIO()

    call_command("make_renditions", stderr=said, stdout=io.StringIO())

    assert said.getvalue().startswith("street: ")
    assert "there is no room" in said.getvalue()
    assert everything(settings) == before


def test_a_fixture_that_has_no_room_leaves_nothing(monkeypatch, settings, tmp_path):
    (tmp_path / "street.jpg").write_bytes(picture_file().read())
    fixture = tmp_path / "news.json"
    fields = '{"slug": "street", "file": "street.jpg"}'
    fixture.write_text(f'[{{"model": "articles.photo", "fields": {fields}}}]')
    before = everything(settings)
    fill_the_disk(monkeypatch, 4)

    with pytest.raises(CommandError, match="there is no room"):
        call_command("loaddata", str(fixture), verbosity=0)

    assert everything(settings) == before
    assert not Photo.objects.exists()


def test_no_row_means_no_files_whatever_went_wrong(desk, monkeypatch, settings):
    before = everything(settings)

    def fails(*args, **kwargs):
        raise RuntimeError("the database is away")

    monkeypatch.setattr("articles.admin.photos.photo_admin.PhotoAdmin.log_addition", fails)
    with pytest.raises(RuntimeError):
        desk.post(ADD, {"file": picture_file(), **WORDS})

    assert everything(settings) == before
    assert not Photo.objects.exists()


def test_no_room_for_the_upload_itself_is_said_too(desk, monkeypatch, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0

    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile", full)
    page = desk.post(ADD, {"file": picture_file(), **WORDS})

    assert page.status_code == 200
    assert "there is no room" in page.text
    assert "Typed with care." in page.text


def test_while_another_picture_is_read_the_form_says_so_and_keeps_its_words(desk, monkeypatch):
    monkeypatch.setattr(machine_lock, "MAX_THREAD_WAIT_SECONDS", 0.01)

    with machine_lock.picture_lock():
        page = desk.post(ADD, {"file": picture_file(), **WORDS})

    assert "Another picture is being read just now" in page.text
    assert "Typed with care." in page.text
    assert not Photo.objects.exists()


@pytest.mark.parametrize("moved", [True, False])
def test_no_transaction_is_open_while_a_picture_is_read(desk, monkeypatch, photo, moved):
    run, open_then = subprocess.run, []

    def watched(*args, **kwargs):
        # Beside the test's own.
        open_then.append(len(connection.savepoint_ids))
        return run(*args, **kwargs)

    monkeypatch.setattr(subprocess, "run", watched)
    if moved:
        desk.post(change(photo), WORDS | {"focus_y": 10})
    else:
        desk.post(ADD, {"file": picture_file(), **WORDS})

    assert open_then == [0]


def test_nothing_is_read_for_whoever_may_not_send_it(client, reporter, monkeypatch):
    def asked(*args, **kwargs):
        raise AssertionError("a picture was read")

    monkeypatch.setattr(subprocess, "run", asked)
    reporter.groups.clear()
    client.force_login(reporter)

    assert client.post(ADD, {"file": picture_file(), **WORDS}).status_code == 403
