"""EXIF: what the camera wrote, and texts that people put in its fields."""

from typing import Any

from PIL import Image

from .iptc import raw_profile
from .text import clean

CAPTION, BYLINE, RIGHTS = 0x010E, 0x013B, 0x8298
MAKE, MODEL, SOFTWARE = 0x010F, 0x0110, 0x0131
EXIF_IFD = 0x8769
TAKEN, TAKEN_OFFSET = 0x9003, 0x9011
DIGITISED, DIGITISED_OFFSET = 0x9004, 0x9012


def read_exif(image: Image.Image) -> dict[str, Any]:
    exif = image.getexif() or exif_of_segment(raw_profile(image, "APP1"))
    details = exif_ifd(exif)
    caption = text_in(exif, CAPTION)
    return {
        "caption": "" if caption.casefold() in device_names(exif) else caption,
        "byline": text_in(exif, BYLINE),
        "rights": text_in(exif, RIGHTS),
        "dates": [
            text_in(details, taken) + text_in(details, offset)
            for taken, offset in ((TAKEN, TAKEN_OFFSET), (DIGITISED, DIGITISED_OFFSET))
        ],
    }


def exif_of_segment(segment: bytes) -> Image.Exif:
    """The EXIF of a JPEG's APP1 segment, which a PNG converted from it may have kept."""
    exif = Image.Exif()
    if segment.startswith(b"Exif\x00\x00"):
        exif.load(segment)
    return exif


def exif_ifd(exif: Any) -> Any:
    """The directory with the dates; empty when a damaged file only points to it."""
    try:
        return exif.get_ifd(EXIF_IFD)
    except Exception:  # the main directory may be whole
        return {}


def device_names(exif: Any) -> set[str]:
    """The names of camera and program, which some write as the caption."""
    make, model, software = (text_in(exif, tag).casefold() for tag in (MAKE, MODEL, SOFTWARE))
    return {make, model, f"{make} {model}", software}


def text_in(tags: Any, tag: int) -> str:
    """The text of a tag, which Pillow decodes as Latin-1 whatever it is."""
    try:
        value = tags.get(tag)
    except Exception:  # a value that is not of its type
        return ""
    if isinstance(value, str):
        value = value.encode("latin-1", "replace")
    return clean(value)
