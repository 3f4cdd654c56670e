"""The metadata of a picture file, IPTC, XMP and EXIF, in one dict.

XMP, the newest standard, takes precedence over IPTC, and IPTC over EXIF. Strangers wrote all of it,
so it is bounded, control characters are removed, and what cannot be read is left out.

    metadata = read_metadata(image)   # what stands in the file, as plain data
    fields = photo_fields(metadata)   # what of it a photo's fields take
"""

from contextlib import suppress
from typing import Any

from PIL import Image

from .exif import read_exif
from .iptc import read_iptc
from .xmp import read_xmp


def read_metadata(image: Image.Image) -> dict[str, Any]:
    """The metadata of an opened picture: {name: text}, and `dates`, the best source first."""
    metadata: dict[str, Any] = {}
    dates: list[str] = []
    if image.format == "PNG":  # whose text chunks may stand after its pixels
        with suppress(Exception):
            image.load()
    for read in (read_xmp, read_iptc, read_exif):
        try:
            texts = read(image)
        except Exception:  # noqa: S112 - hostile metadata is no reason to refuse a picture
            continue
        dates += texts.pop("dates")
        metadata = {name: text for name, text in texts.items() if text} | metadata
    return metadata | {"dates": dates}
