"""Pictures in the shapes that machines ask for."""

import pytest

from articles.library.pictures.renditions import for_sharing, formats_of

PICTURE = {
    "token": "t",
    "formats": ["avif", "webp", "jpg"],
    "width": 1800,
    "height": 1200,
    "focus_x": 50,
    "focus_y": 50,
}


@pytest.mark.parametrize(
    ("shape", "size"), [("16x9", (1200, 675)), ("4x3", (1200, 900)), ("square", (1200, 1200))]
)
def test_a_wide_picture_has_each_shape_in_a_large_size_that_every_program_reads(shape, size):
    largest = for_sharing(PICTURE, shape)

    assert (largest.width, largest.height) == size
    assert largest.media_type == "image/jpeg"


def test_a_small_picture_is_not_scaled_up_for_them():
    largest = for_sharing(PICTURE | {"width": 640, "height": 480}, "16x9")

    assert (largest.width, largest.height) == (640, 360)


def test_a_picture_published_before_there_were_formats_is_shared_as_it_is():
    old = {name: value for name, value in PICTURE.items() if name != "formats"}

    assert formats_of(old) == ["webp"]
    assert for_sharing(old, "16x9").name == "renditions/t/whole-1800.webp"
    assert for_sharing(None, "16x9") is None
