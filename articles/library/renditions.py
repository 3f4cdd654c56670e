"""Addresses and sizes of a picture's renditions, from fields alone.

No query and no storage call is made to show a picture: what the files are called follows from
the picture's token, its size and its focal point. Pictures are never scaled up.
"""

from dataclasses import dataclass
from fractions import Fraction

from django.conf import settings


@dataclass(frozen=True)
class Shape:
    """A way to cut a picture: widths in pixels, and width:height when it is cropped."""

    widths: tuple[int, ...]
    ratio: Fraction | None = None


SHAPES = {
    "whole": Shape(widths=(480, 800, 1200, 1800)),
    "3x2": Shape(widths=(240, 480, 800, 1200), ratio=Fraction(3, 2)),
    "square": Shape(widths=(160, 320, 1200), ratio=Fraction(1)),
    # What search engines and sharing sites ask for beside the square; no page shows these.
    "4x3": Shape(widths=(1200,), ratio=Fraction(4, 3)),
    "16x9": Shape(widths=(1200,), ratio=Fraction(16, 9)),
}


@dataclass(frozen=True)
class Rendition:
    """One file: its name in storage and its size in pixels."""

    name: str
    width: int
    height: int

    @property
    def url(self):
        return settings.MEDIA_URL + self.name


def cropped_size(shape, width, height):
    """The largest size of this shape, in pixels, that a picture of this size holds."""
    ratio = SHAPES[shape].ratio
    if ratio is None:
        return width, height
    if Fraction(width, height) > ratio:
        return round(height * ratio), height
    return width, max(1, round(width / ratio))


def crop_box(shape, picture):
    """What a shape keeps of a picture: (left, top, right, bottom) in pixels.

    As near to having the focal point in its middle as the edges allow.
    """
    width, height = cropped_size(shape, picture["width"], picture["height"])
    left = _start(picture["focus_x"], width, picture["width"])
    top = _start(picture["focus_y"], height, picture["height"])
    return left, top, left + width, top + height


def _start(percent, kept, whole):
    return min(max(0, round(whole * percent / 100 - kept / 2)), whole - kept)


def renditions(picture, shape):
    """The renditions of a picture (as `Photo.as_picture` gives it) in one shape, smallest first.

    Returns an empty list for a picture whose size is not known. A shape that cuts nothing off
    shares its files with the whole picture.
    """
    if not (picture["width"] and picture["height"]):
        return []
    full_width, full_height = cropped_size(shape, picture["width"], picture["height"])
    widths = [width for width in SHAPES[shape].widths if width < full_width]
    if len(widths) < len(SHAPES[shape].widths):
        widths.append(full_width)
    label = "whole"
    if (full_width, full_height) != (picture["width"], picture["height"]):
        label = f"{shape}-{picture['focus_x']}-{picture['focus_y']}"
    return [
        Rendition(
            name=f"renditions/{picture['token']}/{label}-{width}.webp",
            width=width,
            height=max(1, round(Fraction(full_height, full_width) * width)),
        )
        for width in widths
    ]


def all_renditions(picture):
    """Every file that a picture has now: {name: (shape, Rendition)}."""
    return {each.name: (shape, each) for shape in SHAPES for each in renditions(picture, shape)}
