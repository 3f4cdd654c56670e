"""What a picture file says about itself: IPTC, XMP and EXIF as one set of words.

The newer says more: XMP goes before IPTC, and IPTC before EXIF. All of it was written by
strangers, so it is bounded, control characters are taken out, and whatever fails is left out.

said = said_in(image)         # what stands in the file, as plain data
words = words.words_of(said)  # what a photo's fields take of it
"""

from contextlib import suppress

from .exif import exif_words
from .iptc import iptc_words
from .xmp import xmp_words


def said_in(image):
    """What stands in an opened picture: {name: text}, and `dates`, the best source first."""
    found, dates = {}, []
    if image.format == "PNG":  # whose words may stand after its pixels
        with suppress(Exception):
            image.load()
    for read in (xmp_words, iptc_words, exif_words):
        try:
            words = read(image)
        except Exception:  # noqa: S112 - hostile metadata is no reason to refuse a picture
            continue
        dates += words.pop("dates")
        found = {name: text for name, text in words.items() if text} | found
    return found | {"dates": dates}
