"""What the files that readers get say of themselves: the credit and the copyright, no place."""

import io

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from PIL import Image

from articles.library.pictures.look import NEAR, distance, look_of
from articles.library.pictures.metadata import read_metadata
from articles.library.pictures.renditions import all_renditions
from articles.library.uploads.store import (
    has_all_renditions,
    make_missing_renditions,
    store_picture,
)
from articles.models import Photo
from tests.library.pictures.files import image_file, picture_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pictures_read_here")]

GPS = 0x8825
DRAWING = Image.radial_gradient("L").resize((600, 400)).convert("RGB")
NAME = "Zoë Brown".encode()


def file_with_place():
    """A JPEG with a place, a camera, a credit and a copyright."""
    exif = Image.Exif()
    exif[0x0110], exif[0x013B], exif[0x8298] = "Camera 5", NAME, b"\xc2\xa9 2016 " + NAME
    place = exif.get_ifd(GPS)
    place[1], place[2] = "N", (36.0, 12.0, 0.0)
    return image_file(DRAWING, exif=exif)


def taken_in(file, **fields):
    photo = Photo(slug="street", **fields)
    store_picture(photo, file)
    photo.save()
    return photo


def files_of(photo):
    """{name: bytes} of all renditions as they are in storage."""
    found = {}
    for name in all_renditions(photo.as_picture()):
        with default_storage.open(name) as file:
            found[name] = file.read()
    return found


def said_in(data):
    """(credit, copyright) as EXIF, XMP and (in a JPEG) IPTC say, each read by itself."""
    image = Image.open(io.BytesIO(data))
    exif = image.getexif()
    texts = [exif.get(tag, "").encode("latin-1").decode() for tag in (0x013B, 0x8298)]
    read = read_metadata(image)
    assert (read.get("agency", "") or read.get("byline", ""), read.get("rights", "")) == (*texts,)
    if image.format == "JPEG" and any(texts):
        assert texts[0].encode() in image.app["APP13"]
    return (*texts,)


def test_every_file_carries_the_credit_and_the_copyright_of_its_original_and_no_place():
    photo = taken_in(file_with_place())

    assert (photo.credit, photo.copyright) == ("Zoë Brown", "© 2016 Zoë Brown")
    files = files_of(photo)
    assert {name.rsplit(".")[-1] for name in files} == {"avif", "webp", "jpg"}
    for data in files.values():
        assert said_in(data) == ("Zoë Brown", "© 2016 Zoë Brown")
        assert not Image.open(io.BytesIO(data)).getexif().get_ifd(GPS)
        assert b"Camera 5" not in data


def test_what_was_typed_counts_and_not_what_the_file_says():
    photo = taken_in(file_with_place(), credit='PA "Images" <&>', copyright="© PA")

    assert {said_in(data) for data in files_of(photo).values()} == {('PA "Images" <&>', "© PA")}


def test_a_picture_without_credit_carries_nothing():
    photo = taken_in(picture_file())

    assert has_all_renditions(photo)
    for data in files_of(photo).values():
        assert said_in(data) == ("", "")


def test_a_credit_that_changes_is_put_into_the_same_files_of_the_same_picture():
    photo = taken_in(file_with_place())
    before = files_of(photo)
    photo.credit = "Anna Green/PA"
    photo.save()
    assert not has_all_renditions(photo)

    assert make_missing_renditions(photo)

    after = files_of(photo)
    assert after.keys() == before.keys()
    for name, data in after.items():
        assert said_in(data) == ("Anna Green/PA", "© 2016 Zoë Brown")
        assert distance(look_of(opened(data)), look_of(opened(before[name]))) <= NEAR
        assert opened(data).size == opened(before[name]).size
    assert has_all_renditions(photo)
    assert not make_missing_renditions(photo)


def test_a_credit_that_is_emptied_leaves_the_files_for_good():
    photo = taken_in(file_with_place())
    Photo.objects.update(credit="", copyright="")
    photo.refresh_from_db()

    assert make_missing_renditions(photo)
    photo.refresh_from_db()

    assert {said_in(data) for data in files_of(photo).values()} == {("", "")}
    assert has_all_renditions(photo)


def test_what_readers_see_stays_when_a_new_credit_cannot_be_stored(monkeypatch):
    photo = taken_in(file_with_place())
    photo.credit = "Anna Green"
    photo.save()
    save, written = FileSystemStorage._save, []

    def full(storage, name, content):
        written.append(name)
        if len(written) > 3:
            raise OSError("no space")
        return save(storage, name, content)

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with pytest.raises(Exception, match="no room"):
        make_missing_renditions(photo)

    assert all(default_storage.exists(name) for name in all_renditions(photo.as_picture()))


def test_the_same_picture_in_another_size_looks_the_same():
    one = taken_in(image_file(DRAWING))
    other = Photo(slug="small")
    store_picture(other, image_file(DRAWING.resize((300, 200)), "small.jpg"))

    assert len(one.look) == 16
    assert one.look == other.look


def opened(data):
    return Image.open(io.BytesIO(data))
