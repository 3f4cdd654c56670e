"""Series of widths: pictures from before a width are offered without it until it is made."""

from itertools import pairwise

import pytest

from articles.library.pictures.encode import available_formats
from articles.library.pictures.renditions import FORMATS, SERIES, SHAPES, all_renditions, renditions
from articles.library.uploads.store import (
    has_all_renditions,
    make_missing_renditions,
    store_picture,
)
from articles.models import Photo

from .files import age, picture_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def old():
    """A photo from before there was a width of 160."""
    photo = Photo(slug="old")
    store_picture(photo, picture_file())
    age(photo)
    return photo


def widths(photo):
    return [each.width for each in renditions(photo.as_picture(), "3x2")]


def test_an_upload_is_made_in_the_present_series():
    photo = Photo(slug="new")
    store_picture(photo, picture_file())
    photo.save()

    assert photo.series == SERIES
    assert widths(photo) == [160, 240, 480, 600]
    assert has_all_renditions(photo)


def test_an_older_picture_is_offered_in_a_width_once_it_is_made(old):
    assert widths(old) == [240, 480, 600]
    assert not has_all_renditions(old)

    assert make_missing_renditions(old)

    old.refresh_from_db()
    assert widths(old) == [160, 240, 480, 600]
    assert has_all_renditions(old)
    assert not make_missing_renditions(old)


def test_the_same_file_again_makes_the_widths_that_came_since(old):
    token = old.token

    store_picture(old, picture_file())
    old.save()

    assert old.token == token
    assert has_all_renditions(old)


@pytest.mark.parametrize("size", [(1800, 1200), (1500, 1800), (700, 700), (200, 160), (150, 100)])
def test_a_later_series_has_all_that_earlier_ones_have(size):
    photo = Photo(token="t", width=size[0], height=size[1], formats=" ".join(available_formats()))
    files = [all_renditions(photo.as_picture() | {"series": each}) for each in range(1, SERIES + 1)]

    assert all(earlier.keys() <= later.keys() for earlier, later in pairwise(files))


@pytest.mark.parametrize("kind", FORMATS)
def test_no_width_waits_for_a_series_to_come(kind):
    for shape in SHAPES.values():
        assert shape.widths_in(kind, SERIES) == list(shape.jpeg if kind == "jpg" else shape.widths)
