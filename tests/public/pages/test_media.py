"""Pictures as readers fetch them."""

import pytest

from articles.library.pictures.renditions import renditions
from articles.library.uploads.store import store_picture
from articles.models import Photo
from tests.library.pictures.files import picture_file

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "media_type", "start"),
    [
        ("avif", "image/avif", b"ftyp"),
        ("webp", "image/webp", b"RIFF"),
        ("jpg", "image/jpeg", b"\xff\xd8"),
    ],
)
def test_a_rendition_may_be_kept_for_ever(client, kind, media_type, start):
    photo = Photo(slug="street")
    store_picture(photo, picture_file())

    response = client.get(renditions(photo.as_picture(), "whole", kind)[0].url)

    assert response.status_code == 200
    assert response["Content-Type"] == media_type
    assert "immutable" in response["Cache-Control"]
    assert start in b"".join(response.streaming_content)[:16]


@pytest.mark.parametrize(
    "name",
    [
        "x",
        "renditions/a/whole-1.webp",
        "renditions/a/whole-1.gif",
        "renditions/../settings.py",
        "renditions/a/b/%2e%2e/c.webp",
    ],
)
def test_what_is_no_rendition_is_not_found(client, name):
    assert client.get(f"/media/{name}").status_code == 404


def test_an_original_is_not_served(client):
    photo = Photo(slug="street")
    store_picture(photo, picture_file())

    assert client.get(f"/media/{photo.file.name}").status_code == 404
    assert client.get(f"/media/../originals/{photo.file.name}").status_code == 404
