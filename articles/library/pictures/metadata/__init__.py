"""What a picture file says about itself: IPTC, XMP and EXIF in one dict.

The newer says more: XMP goes before IPTC, and IPTC before EXIF. All of it was written by
strangers, so it is bounded, control characters are removed, and what cannot be read is left out.

metadata = read_metadata(image)   # what stands in the file, as plain data
fields = photo_fields(metadata)   # what a photo's fields take of it
"""

from contextlib import suppress

from .exif import read_exif
from .iptc import read_iptc
from .xmp import read_xmp


def read_metadata(image):
    """What stands in an opened picture: {name: text}, and `dates`, the best source first."""
    metadata, dates = {}, []
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
