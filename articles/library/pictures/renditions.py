"""URLs and sizes of a picture's renditions, from its fields alone.

No query and no storage call is made to show a picture: what the files are called follows from
the picture's token, its size, its focal point, and the formats and widths that it was made in.
Pictures are never scaled up.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Any

FORMATS = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
"""The formats of renditions, in the order in which a page offers them, with their media types."""

WEBP_ONLY = ("webp",)
"""The formats of a picture whose fields name none: it was published before there were others."""

FIRST_SERIES = 1
"""The series of widths of a picture whose fields name none."""

SERIES = 2
"""The series of widths that pictures are made in now.

Raised when a shape gains a width, whose `since` names the new series. Widths are only ever added:
what was published in an earlier series names its files for ever, also on a site that is restored.
"""


PictureDict = dict[str, Any]
"""A picture as `Photo.as_picture` gives it."""

Size = tuple[int, int]
"""Width and height in pixels."""


@dataclass(frozen=True)
class Shape:
    """A crop: widths in pixels, and width:height unless the whole is kept.

    `jpeg` are the widths for programs that read neither AVIF nor WebP; a page offers only the
    smallest of them, as what browsers fall back to. `since` says of widths that came later in which
    series they came: {width: series}.
    """

    widths: tuple[int, ...] = ()
    jpeg: tuple[int, ...] = ()
    ratio: Fraction | None = None
    since: dict[int, int] = field(default_factory=dict)

    def widths_in(self, kind: str, series: int) -> list[int]:
        """The widths in a format, as a series has them."""
        widths = self.jpeg if kind == "jpg" else self.widths
        return [each for each in widths if self.since.get(each, FIRST_SERIES) <= series]


SHAPES = {
    "whole": Shape(widths=(480, 800, 1200, 1800), jpeg=(1200,)),
    "3x2": Shape(
        widths=(160, 240, 480, 800, 1200), jpeg=(800,), ratio=Fraction(3, 2), since={160: 2}
    ),
    "square": Shape(widths=(160, 320), jpeg=(320, 1200), ratio=Fraction(1)),
    # What search engines and sharing sites ask for beside the square, and posters of films.
    "4x3": Shape(jpeg=(1200,), ratio=Fraction(4, 3)),
    "16x9": Shape(jpeg=(1200,), ratio=Fraction(16, 9)),
}


@dataclass(frozen=True)
class Rendition:
    """One file: its name in storage, its size in pixels and its format."""

    name: str
    width: int
    height: int
    kind: str = "webp"

    @property
    def url(self) -> str:
        # Imported here: the worker has to start quickly, and has no settings.
        from django.conf import settings

        return settings.MEDIA_URL + self.name

    @property
    def media_type(self) -> str:
        return FORMATS[self.kind]

    @property
    def max_bytes(self) -> int:
        """The byte budget: a kilobyte for every 7,000 pixels or so, and the head of the file.

        A JPEG, which no browser of these years is sent, may take half as much again.
        """
        budget = 20_000 + self.width * self.height * 15 // 100
        return budget * 3 // 2 if self.kind == "jpg" else budget


def cropped_size(shape: str, width: int, height: int) -> tuple[int, int]:
    """The largest size of this shape, in pixels, that a picture of this size holds."""
    ratio = SHAPES[shape].ratio
    if ratio is None:
        return width, height
    if Fraction(width, height) > ratio:
        return round(height * ratio), height
    return width, max(1, round(width / ratio))


def crop_box(shape: str, picture: PictureDict) -> tuple[int, int, int, int]:
    """What a shape keeps of a picture: (left, top, right, bottom) in pixels.

    The focal point is as near to its centre as the edges allow.
    """
    width, height = cropped_size(shape, picture["width"], picture["height"])
    left = _start(picture["focus_x"], width, picture["width"])
    top = _start(picture["focus_y"], height, picture["height"])
    return left, top, left + width, top + height


def _start(percent: int, kept: int, whole: int) -> int:
    return min(max(0, round(whole * percent / 100 - kept / 2)), whole - kept)


def formats_of(picture: PictureDict) -> list[str]:
    """The formats that a picture was made in, in the order in which a page offers them."""
    made = picture.get("formats") or WEBP_ONLY
    return [kind for kind in FORMATS if kind in made]


def renditions(picture: PictureDict, shape: str, kind: str = "webp") -> list[Rendition]:
    """The renditions of a picture (as `Photo.as_picture` gives it) in one shape and format.

    Smallest first; none for a picture whose size is not known, or that was not made in this
    format. A shape that cuts nothing off shares its files with the whole picture.
    """
    if not (picture["width"] and picture["height"]) or kind not in formats_of(picture):
        return []
    series = picture.get("series", FIRST_SERIES)
    whole, sizes = sizes_of(shape, kind, series, picture["width"], picture["height"])
    label = "whole" if whole else f"{shape}-{picture['focus_x']}-{picture['focus_y']}"
    return [
        Rendition(f"renditions/{picture['token']}/{label}-{width}.{kind}", width, height, kind)
        for width, height in sizes
    ]


@lru_cache(maxsize=4096)
def sizes_of(
    shape: str, kind: str, series: int, width: int, height: int
) -> tuple[bool, tuple[tuple[int, int], ...]]:
    """Whether a shape keeps the whole of a picture of this size, and its sizes in pixels."""
    full_width, full_height = cropped_size(shape, width, height)
    offered = SHAPES[shape].widths_in(kind, series)
    widths = [each for each in offered if each < full_width]
    if len(widths) < len(offered):
        widths.append(full_width)
    ratio = Fraction(full_height, full_width)
    sizes = tuple((each, max(1, round(ratio * each))) for each in widths)
    return (full_width, full_height) == (width, height), sizes


def largest_pixels(width: int, height: int) -> int:
    """The pixels of the largest rendition that a picture of this size has now."""
    _whole, sizes = sizes_of("whole", "webp", SERIES, width, height)
    return sizes[-1][0] * sizes[-1][1]


def at_least(files: list[Rendition], width: int) -> Rendition:
    """The smallest of these renditions (smallest first) of this width or more, else the widest."""
    return next((each for each in files if each.width >= width), files[-1])


def is_for_others(picture: PictureDict | None) -> bool:
    """Whether there is a picture that may be offered to other sites and programs."""
    return bool(picture and not picture.get("not_for_others"))


def for_sharing(picture: PictureDict | None, shape: str) -> Rendition | None:
    """The largest rendition in a shape that programs everywhere can read, or None.

    For a picture that has none in this shape, the whole of it; None for one that is not for others.
    """
    if not picture or not is_for_others(picture):
        return None
    files = renditions(picture, shape, "jpg") or renditions(picture, "whole")
    return files[-1] if files else None


def all_renditions(picture: PictureDict) -> dict[str, tuple[str, Rendition]]:
    """Every file that a picture has now: {name: (shape, Rendition)}."""
    return {
        each.name: (shape, each)
        for shape in SHAPES
        for kind in formats_of(picture)
        for each in renditions(picture, shape, kind)
    }
