"""The process that reads one picture: from an uploaded file to renditions.

    python -m articles.library.pictures.worker '{"token": …, "focus_x": 50, "focus_y": 50}' < file

Has no Django settings, and prints what it made, or why it refused, as JSON.
"""

import base64
import json
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import IO, Any

# By name: Pillow would import every plugin, which takes longer than a picture.
from PIL import AvifImagePlugin, Image, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin  # noqa: F401

from .decoding.memory import refuse_memory
from .decoding.normalise import normalise, reduced_pixels, size_in_file, upright_size
from .decoding.upload_checks import Opened, Refused, open_picture
from .encode import encode, formats_for
from .look import look_of
from .metadata import read_metadata
from .metadata.credit import copyright_of, credit_of
from .metadata.written import metadata_options
from .renditions import (
    SERIES,
    SHAPES,
    PictureDict,
    Rendition,
    Size,
    all_renditions,
    crop_box,
    cropped_size,
    largest_pixels,
)

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

MAX_DATA_BYTES = 256 * 1024 * 1024
"""A backstop: upload_checks already refuses what needs more."""

MAX_CPU_SECONDS = 60

MAX_RENDITION_PIXELS = 12_000_000
"""Only a tall strip has more."""

MAX_PARALLEL_PIXELS = 3_000_000
"""Up to this size of the normalised picture, two renditions are encoded at a time."""


Files = dict[str, tuple[str, Rendition]]
"""Files to be made, as `all_renditions` names them."""


def main() -> None:
    set_limits()
    json.dump(answer(sys.stdin.buffer, json.loads(sys.argv[1])), sys.stdout)


def answer(file: IO[bytes], request: dict[str, Any]) -> dict[str, Any]:
    """What `read` makes of a picture, or why it is refused."""
    try:
        return read(file, **request)
    except Refused as refused:
        return {"refused": refused.code} | refused.figures
    except MemoryError:
        return {"refused": "memory"}


def set_limits() -> None:
    with suppress(OSError):
        os.nice(10)
    for name, limit in (("DATA", MAX_DATA_BYTES), ("CPU", MAX_CPU_SECONDS), ("CORE", 0)):
        # Not every system has each of them.
        with suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (limit, limit))


def read(
    file: IO[bytes],
    *,
    token: str,
    focus_x: int,
    focus_y: int,
    missing: list[str] | None = None,
    marks: tuple[str | None, str | None] = (None, None),
) -> dict[str, Any]:
    """Check a picture, decode it once, read its metadata, and make its renditions.

    With `missing`, only the renditions of these names. They carry `marks`, a credit and a copyright
    notice; None stands for what the metadata says. Raises Refused.
    """
    opened = open_picture(file)
    if opened.image.format == "PNG":
        load_png(opened)
    declared, (width, height) = opened.image.size, upright_size(opened.image)
    picture = {"token": token, "focus_x": focus_x, "focus_y": focus_y, "series": SERIES}
    picture |= {"width": width, "height": height, "formats": formats_for(width, height)}
    size = working_size(width, height)
    in_file = size_in_file(opened.image, size)
    opened.image.draft(None, in_file)  # a JPEG can be decoded smaller
    refuse_memory(opened, declared, reduced_pixels(opened.image, in_file))
    metadata = read_metadata(opened.image)
    said = (credit_of(metadata), copyright_of(metadata))
    words = [own if mark is None else mark for mark, own in zip(marks, said, strict=True)]
    image = normalise(opened.image, size)
    files = {
        name: file
        for name, file in all_renditions(picture).items()
        if missing is None or name in missing
    }
    try:
        encoded = encode_all(image, picture, files, words)
    except Exception:  # each encoder has its own error for a lack of memory
        raise Refused("memory") from None
    found = {"suffix": opened.suffix, "metadata": metadata, "marks": words}
    return picture | found | {"look": look_of(image), "files": encoded}


def load_png(opened: Opened) -> None:
    """Decode a PNG, whose metadata and orientation may stand after its pixels."""
    size = working_size(*opened.image.size)
    refuse_memory(opened, opened.image.size, reduced_pixels(opened.image, size))
    try:
        opened.image.load()
    except MemoryError:
        raise
    except Exception:  # hostile data can make a decoder fail in any way
        raise Refused("damaged") from None


def working_size(width: int, height: int) -> Size:
    """The smallest size in pixels that still holds every rendition. Raises Refused."""
    if largest_pixels(width, height) > MAX_RENDITION_PIXELS:
        raise Refused("strip", width=width, height=height)
    scale = max(
        min(1, max(shape.widths + shape.jpeg) / cropped_size(name, width, height)[0])
        for name, shape in SHAPES.items()
    )
    return max(1, round(width * scale)), max(1, round(height * scale))


def encode_all(
    image: Image.Image, picture: PictureDict, files: Files, marks: list[str]
) -> dict[str, str]:
    """Files given as {name: (shape, Rendition)}, as {name: base64}."""
    ready = crops(image, picture, files)
    if image.width * image.height > MAX_PARALLEL_PIXELS:
        # One after the other: no crop is made, and holds memory, before the last one is encoded.
        return {each.name: encode_base64(crop, each, marks) for each, crop in ready}
    # Pillow releases the interpreter lock while it encodes.
    with ThreadPoolExecutor(max_workers=2) as pool:
        jobs = [
            (rendition.name, pool.submit(encode_base64, crop, rendition, marks))
            for rendition, crop in ready
        ]
        return {name: job.result() for name, job in jobs}


def encode_base64(image: Image.Image, rendition: Rendition, marks: list[str]) -> str:
    """A rendition's file in base64, with a credit and a copyright notice in it."""
    metadata = metadata_options(rendition.kind, *marks)
    return base64.b64encode(encode(image, rendition, metadata)).decode()


def crops(
    image: Image.Image, picture: PictureDict, files: Files
) -> Iterator[tuple[Rendition, Image.Image]]:
    """The files as (rendition, image), in each shape scaled from the next larger one."""
    scale = image.width / picture["width"]
    for shape in sorted({shape for shape, _rendition in files.values()}):
        larger = image
        left, top, right, bottom = (edge * scale for edge in crop_box(shape, picture))
        box = left, top, min(right, image.width), min(bottom, image.height)
        cut = [each for kind, each in files.values() if kind == shape]
        for size in sorted({(each.width, each.height) for each in cut}, reverse=True):
            if (size, box) != (larger.size, (0, 0, *size)):
                larger = larger.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
            box = (0, 0, *size)
            yield from ((each, larger) for each in cut if (each.width, each.height) == size)


if __name__ == "__main__":
    main()
