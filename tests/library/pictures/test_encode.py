"""Renditions as files: their formats and their budgets of bytes."""

import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from articles.library.pictures.encode import QUALITIES, available_formats, encode
from articles.library.pictures.renditions import FORMATS, Rendition, all_renditions, renditions
from articles.library.uploads.store import (
    has_all_renditions,
    make_missing_renditions,
    store_picture,
)
from articles.models import Photo
from tests.library.pictures.files import image_file, picture_file

NOISE = Image.effect_noise((1200, 900), 120).convert("RGB")


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("width", [160, 240, 800, 1200])
def test_a_picture_that_is_all_noise_stays_within_the_budget_of_its_slot(kind, width):
    height = width * 3 // 4
    rendition = Rendition("name", width, height, kind)

    data = encode(NOISE.resize((width, height)), rendition)

    assert len(data) <= rendition.max_bytes
    assert Image.open(io.BytesIO(data)).size == (width, height)


def test_a_picture_that_fits_is_made_in_the_best_quality(monkeypatch):
    image = Image.linear_gradient("L").convert("RGB")
    best = encode(image, Rendition("name", 256, 256))
    monkeypatch.setitem(QUALITIES, "webp", QUALITIES["webp"][:1])

    assert encode(image, Rendition("name", 256, 256)) == best


def test_budgets_grow_with_the_slot_and_stay_fit_for_a_telephone():
    thumbnail, lead = Rendition("name", 240, 160), Rendition("name", 800, 533)

    assert thumbnail.max_bytes < lead.max_bytes < 100_000


@pytest.mark.django_db
def test_an_upload_is_made_in_every_format_and_nothing_else_is_kept_of_it():
    photo = Photo(slug="street")
    store_picture(photo, picture_file(size=(900, 700), exif=Image.Exif()))
    photo.save()

    assert photo.formats.split() == available_formats()
    assert has_all_renditions(photo)
    for name, (_shape, rendition) in all_renditions(photo.as_picture()).items():
        with default_storage.open(name) as file:
            image = Image.open(file)
            assert Image.MIME[image.format] == rendition.media_type
            assert not image.getexif()


@pytest.mark.django_db
def test_noise_is_taken_in_within_its_budgets():
    photo = Photo(slug="street")
    store_picture(photo, image_file(NOISE))

    for name, (_shape, rendition) in all_renditions(photo.as_picture()).items():
        assert default_storage.size(name) <= rendition.max_bytes, name


@pytest.mark.django_db
def test_a_photo_from_before_a_format_is_offered_in_it_once_it_is_made():
    photo = Photo(slug="street")
    store_picture(photo, picture_file())
    photo.formats = ""
    photo.save()
    assert renditions(photo.as_picture(), "whole", "avif") == []

    assert make_missing_renditions(photo)

    photo.refresh_from_db()
    assert renditions(photo.as_picture(), "whole", "avif")
    assert not make_missing_renditions(photo)
