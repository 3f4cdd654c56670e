"""EXIF: what the camera wrote, and whoever used its fields for words."""

from PIL import Image

from .iptc import raw_profile
from .text import clean

CAPTION, BYLINE, RIGHTS = 0x010E, 0x013B, 0x8298
MAKE, MODEL, SOFTWARE = 0x010F, 0x0110, 0x0131
MORE = 0x8769
TAKEN, TAKEN_OFFSET = 0x9003, 0x9011
DIGITISED, DIGITISED_OFFSET = 0x9004, 0x9012


def exif_words(image):
    exif = image.getexif() or exif_in(raw_profile(image, "APP1"))
    more = more_of(exif)
    caption = text_in(exif, CAPTION)
    return {
        "caption": "" if caption.casefold() in machine(exif) else caption,
        "byline": text_in(exif, BYLINE),
        "rights": text_in(exif, RIGHTS),
        "dates": [
            text_in(more, taken) + text_in(more, offset)
            for taken, offset in ((TAKEN, TAKEN_OFFSET), (DIGITISED, DIGITISED_OFFSET))
        ],
    }


def exif_in(segment):
    """The EXIF of a JPEG's segment, which a PNG that was made of it may have kept."""
    exif = Image.Exif()
    if segment.startswith(b"Exif\x00\x00"):
        exif.load(segment)
    return exif


def more_of(exif):
    """The pictures' own part of EXIF, which a broken file only points to."""
    try:
        return exif.get_ifd(MORE)
    except Exception:  # the other part may be whole
        return {}


def machine(exif):
    """What the camera and the program call themselves: no caption."""
    make, model, software = (text_in(exif, tag).casefold() for tag in (MAKE, MODEL, SOFTWARE))
    return {make, model, f"{make} {model}", software}


def text_in(tags, tag):
    """The text of a tag, which Pillow reads byte by byte (Latin-1), whatever it is written in."""
    try:
        value = tags.get(tag)
    except Exception:  # a value that is not of its type
        return ""
    if isinstance(value, str):
        value = value.encode("latin-1", "replace")
    return clean(value)
