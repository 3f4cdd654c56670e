"""Encoding a rendition in its format, within its byte budget."""

import io
from typing import Any

from PIL import Image, ImageFilter, features

from .renditions import FORMATS, Rendition, largest_pixels

# Measured on pictures of 1800 by 1200: AVIF at speed 9 takes twice the time of WebP at method 1
# and four fifths of its bytes; at speed 8 it takes five times as long, and saves 6 % more.
OPTIONS: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "speed": 9, "max_threads": 1},
    "webp": {"format": "WEBP", "method": 1},
    "jpg": {"format": "JPEG", "progressive": True, "optimize": True},
}

# From how a picture should look to the least for one that is nothing but noise.
QUALITIES = {
    "avif": (55, 45, 35, 25, 15),
    "webp": (78, 66, 52, 36, 20),
    "jpg": (80, 70, 58, 44, 30),
}
BLUR_RADII = (1, 2, 4, 8)

MAX_AVIF_PIXELS = 6_000_000
"""Encoding AVIF takes 25 bytes for each. Only a tall strip has a rendition with more."""


def available_formats() -> list[str]:
    """The formats that this installation can encode."""
    return [kind for kind in FORMATS if kind != "avif" or features.check("avif")]


def formats_for(width: int, height: int) -> list[str]:
    """The formats for the renditions of a picture of this size."""
    large = width and height and largest_pixels(width, height) > MAX_AVIF_PIXELS
    return [kind for kind in available_formats() if kind != "avif" or not large]


def encode(
    image: Image.Image, rendition: Rendition, metadata: dict[str, Any] | None = None
) -> bytes:
    """The bytes of a rendition, in the best quality within its byte budget, with no metadata but
    these options of Pillow's `save`.

    What exceeds the budget even in the least quality is blurred: such detail is noise.
    """
    qualities = QUALITIES[rendition.kind]
    for quality in qualities:
        data = _encode(image, rendition.kind, quality, metadata)
        if len(data) <= rendition.max_bytes:
            return data
    for radius in BLUR_RADII:
        soft = image.filter(ImageFilter.GaussianBlur(radius))
        data = _encode(soft, rendition.kind, qualities[-1], metadata)
        if len(data) <= rendition.max_bytes:
            break
    return data


def _encode(image: Image.Image, kind: str, quality: int, metadata: dict[str, Any] | None) -> bytes:
    out = io.BytesIO()
    image.save(out, quality=quality, **OPTIONS[kind], **metadata or {})
    return out.getvalue()
