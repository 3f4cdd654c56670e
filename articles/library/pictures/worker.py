"""The process that reads one picture: from a file as it came to renditions.

    python -m articles.library.pictures.worker '{"token": …, "focus_x": 50, "focus_y": 50}' < file

Knows nothing of the site, and prints what it made, or why it was refused, as JSON.
"""

import base64
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

# By name, else Pillow looks through all that it can read, which takes longer than a picture.
from PIL import AvifImagePlugin, Image, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin  # noqa: F401

from .encode import encoded, formats_for
from .metadata import said_in
from .normalise import develop, kept_size, lying, turned_size
from .renditions import SERIES, SHAPES, all_renditions, crop_box, cropped_size, largest
from .upload_checks import Refused, open_picture, refuse_cost

try:
    import resource
except ImportError:  # where there are no such bounds
    resource = None

MOST_MEMORY = 256 * 1024 * 1024
"""Bytes of data. What the guard lets through needs less; this is for what it did not foresee."""

MOST_SECONDS = 60
"""Of processor time."""

MOST_SHOWN = 12_000_000
"""Pixels of the largest rendition: only a tall strip has more."""

MOST_FOR_TWO = 3_000_000
"""Pixels of a picture of which two renditions are encoded at a time."""


def main():
    set_bounds()
    try:
        answer = read(sys.stdin.buffer, **json.loads(sys.argv[1]))
    except Refused as refused:
        answer = {"refused": refused.code} | refused.figures
    except MemoryError:
        answer = {"refused": "memory"}
    json.dump(answer, sys.stdout)


def set_bounds():
    with suppress(OSError):
        os.nice(10)
    for name, most in (("DATA", MOST_MEMORY), ("CPU", MOST_SECONDS), ("CORE", 0)):
        # Not every system has each of them.
        with suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))


def read(file, *, token, focus_x, focus_y, missing=None):
    """Let a picture in, decode it once, read its words, and make its renditions.

    Those of the names `missing` alone, if there are any. Raises Refused.
    """
    opened = open_picture(file)
    if opened.image.format == "PNG":
        load(opened)
    declared, (width, height) = opened.image.size, turned_size(opened.image)
    picture = {"token": token, "focus_x": focus_x, "focus_y": focus_y, "series": SERIES}
    picture |= {"width": width, "height": height, "formats": formats_for(width, height)}
    wanted = working_size(width, height)
    in_file = lying(opened.image, wanted)
    opened.image.draft(None, in_file)  # a JPEG is decoded as small as still holds what is wanted
    refuse_cost(opened, declared, kept_size(opened.image, in_file))
    said = said_in(opened.image)
    image = develop(opened.image, wanted)
    files = {
        name: wanted
        for name, wanted in all_renditions(picture).items()
        if missing is None or name in missing
    }
    try:
        finished = made(image, picture, files)
    except Exception:  # an encoder says in words of its own that it has no memory
        raise Refused("memory") from None
    return picture | {"suffix": opened.suffix, "said": said, "files": finished}


def load(opened):
    """Decode a PNG, whose words, and how it is turned, may stand after its pixels."""
    wanted = working_size(*opened.image.size)
    refuse_cost(opened, opened.image.size, kept_size(opened.image, wanted))
    try:
        opened.image.load()
    except MemoryError:
        raise
    except Exception:  # what a reader raises on hostile data is not to be foreseen
        raise Refused("damaged") from None


def working_size(width, height):
    """The least size that still holds every rendition of a picture, in pixels. Raises Refused."""
    if largest(width, height) > MOST_SHOWN:
        raise Refused("strip", width=width, height=height)
    scale = max(
        min(1, max(shape.widths + shape.jpeg) / cropped_size(name, width, height)[0])
        for name, shape in SHAPES.items()
    )
    return max(1, round(width * scale)), max(1, round(height * scale))


def made(image, picture, wanted):
    """The wanted files, {name: (shape, Rendition)}, as {name: base64}."""
    # Pillow lets go of the interpreter while it encodes, so that two files are made at a time.
    few = image.width * image.height <= MOST_FOR_TWO
    with ThreadPoolExecutor(max_workers=2 if few else 1) as pool:
        made = [
            (rendition.name, pool.submit(encoded, cut, rendition))
            for rendition, cut in cuts(image, picture, wanted)
        ]
        return {name: base64.b64encode(data.result()).decode() for name, data in made}


def cuts(image, picture, wanted):
    """The wanted files as (rendition, image), in each shape scaled from the next larger one."""
    scale = image.width / picture["width"]
    for shape in sorted({shape for shape, _rendition in wanted.values()}):
        larger = image
        left, top, right, bottom = (edge * scale for edge in crop_box(shape, picture))
        box = left, top, min(right, image.width), min(bottom, image.height)
        files = [each for kind, each in wanted.values() if kind == shape]
        for size in sorted({(each.width, each.height) for each in files}, reverse=True):
            if (size, box) != (larger.size, (0, 0, *size)):
                larger = larger.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
            box = (0, 0, *size)
            yield from ((each, larger) for each in files if (each.width, each.height) == size)


if __name__ == "__main__":
    main()
