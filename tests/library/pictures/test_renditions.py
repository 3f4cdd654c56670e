"""What each shape keeps of a picture."""

import pytest

from articles.library.pictures.renditions import SHAPES, crop_box

SIZES = [(1800, 1200), (1200, 1800), (1000, 1000), (3000, 400)]


def box(shape, size, *, x=50, y=50):
    return crop_box(shape, {"width": size[0], "height": size[1], "focus_x": x, "focus_y": y})


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("percent", [0, 1, 50, 99, 100])
def test_a_crop_stays_inside_the_picture_and_keeps_its_size(shape, size, percent):
    left, top, right, bottom = box(shape, size, x=percent, y=percent)
    middle = box(shape, size)

    assert 0 <= left < right <= size[0]
    assert 0 <= top < bottom <= size[1]
    assert (right - left, bottom - top) == (middle[2] - middle[0], middle[3] - middle[1])


@pytest.mark.parametrize(("percent", "left"), [(0, 0), (50, 300), (100, 600)])
def test_a_square_of_a_wide_picture_follows_the_focal_point_to_the_edges(percent, left):
    assert box("square", (1800, 1200), x=percent) == (left, 0, left + 1200, 1200)


def test_a_focal_point_away_from_the_edges_is_in_the_middle_of_the_crop():
    left, _top, right, _bottom = box("square", (1800, 1200), x=40)

    assert (left + right) / 2 == 1800 * 40 / 100
