"""Pictures in the shapes that machines ask for."""

import pytest

from articles.library.renditions import renditions

PICTURE = {"token": "t", "width": 1800, "height": 1200, "focus_x": 50, "focus_y": 50}


@pytest.mark.parametrize(
    ("shape", "size"), [("16x9", (1200, 675)), ("4x3", (1200, 900)), ("square", (1200, 1200))]
)
def test_a_wide_picture_has_each_shape_in_a_large_size(shape, size):
    largest = renditions(PICTURE, shape)[-1]

    assert (largest.width, largest.height) == size


def test_a_small_picture_is_not_scaled_up_for_them():
    largest = renditions(PICTURE | {"width": 640, "height": 480}, "16x9")[-1]

    assert (largest.width, largest.height) == (640, 360)
