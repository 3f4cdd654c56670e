"""Encoding: pixels as a file of a format, within a budget of bytes."""

import io

from PIL import ImageFilter, features

from .renditions import FORMATS, largest

# Measured on pictures of 1800 by 1200: AVIF at speed 9 takes twice the time of WebP at method 1
# and four fifths of its bytes; at speed 8 it takes five times as long, and saves 6 % more.
OPTIONS = {
    "avif": {"format": "AVIF", "speed": 9, "max_threads": 1},
    "webp": {"format": "WEBP", "method": 1},
    "jpg": {"format": "JPEG", "progressive": True, "optimize": True},
}

# From how a picture should look to how one may look that is nothing but noise.
QUALITIES = {
    "avif": (55, 45, 35, 25, 15),
    "webp": (78, 66, 52, 36, 20),
    "jpg": (80, 70, 58, 44, 30),
}
SOFTENED = (1, 2, 4, 8)


MOST_FOR_AVIF = 6_000_000
"""Pixels: to encode AVIF takes 25 bytes for each. Only a tall strip has more in a rendition."""


def formats_made():
    """The formats that this installation can make."""
    return [kind for kind in FORMATS if kind != "avif" or features.check("avif")]


def formats_for(width, height):
    """Those of them that a picture of this size is made in."""
    large = width and height and largest(width, height) > MOST_FOR_AVIF
    return [kind for kind in formats_made() if kind != "avif" or not large]


def encoded(image, rendition):
    """The picture as a rendition's file, with nothing beside its pixels.

    In the best quality that fits into the rendition's budget of bytes; what does not fit even in
    the least is softened, because such detail is noise.
    """
    qualities = QUALITIES[rendition.kind]
    for quality in qualities:
        data = _encode(image, rendition.kind, quality)
        if len(data) <= rendition.most_bytes:
            return data
    for radius in SOFTENED:
        soft = image.filter(ImageFilter.GaussianBlur(radius))
        data = _encode(soft, rendition.kind, qualities[-1])
        if len(data) <= rendition.most_bytes:
            break
    return data


def _encode(image, kind, quality):
    out = io.BytesIO()
    image.save(out, quality=quality, **OPTIONS[kind])
    return out.getvalue()
