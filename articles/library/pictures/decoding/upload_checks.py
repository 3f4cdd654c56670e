"""What is accepted as a picture, decided before anything is decoded.

Runs in the worker, which has no Django settings, so a refusal is a code with figures; the
messages are in refusals.py.
"""

import re
import warnings
from dataclasses import dataclass
from typing import IO

from PIL import Image, UnidentifiedImageError

# Pillow's names of the accepted formats → the suffix under which the original is stored.
SUFFIXES = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "TIFF": "tif"}

MAX_BYTES = 50 * 1024 * 1024
MAX_PIXELS = 80_000_000
MAX_ASPECT_RATIO = 8
MAX_JPEG_SCANS = 40  # a progressive JPEG has about ten; each costs a pass over the whole picture
MAX_DECODED_BYTES = 232_000_000
"""Memory that decoding a picture may take, beside the 30 MB of the process itself."""

# In the entropy-coded data of a scan 0xff is followed by 0 or by a restart marker.
_JPEG_MARKER = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])")
_JPEG_END, _JPEG_SCAN = 0xD9, 0xDA
_JPEG_WITHOUT_LENGTH = {0x01, 0xD8, *range(0xD0, 0xD8)}


class Refused(Exception):
    """A picture that is not accepted: a code from refusals.py and its figures."""

    def __init__(self, code: str, **figures: int) -> None:
        super().__init__(code)
        self.code, self.figures = code, figures


@dataclass
class Opened:
    """A picture that has passed the checks and is not decoded yet."""

    image: Image.Image
    suffix: str
    scans: int


def open_picture(file: IO[bytes]) -> Opened:
    """Open a picture without decoding it. Raises Refused."""
    # Too large a picture is refused below, with a message of ours.
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    refuse_webp_canvas(file)
    try:
        image = Image.open(file, formats=[*SUFFIXES])
    except Image.DecompressionBombError:
        raise too_many_pixels() from None
    except UnidentifiedImageError:
        raise unknown_kind(file) from None
    except MemoryError:
        raise Refused("memory") from None
    except Exception:  # a hostile header can make Pillow fail in any way
        raise Refused("damaged") from None
    refuse_size(*image.size)
    # Pillow calls a JPEG “MPO” when the camera appended a second picture.
    suffix = SUFFIXES.get(str(image.format), "jpg")
    return Opened(image, suffix, checked_jpeg_scans(file) if suffix == "jpg" else 0)


def refuse_webp_canvas(file: IO[bytes]) -> None:
    """Refuse a WebP by its declared size: Pillow allocates its canvases on opening it."""
    head = file.read(30)
    file.seek(0)
    if head[8:12] == b"WEBP" and (size := webp_size(head)):
        refuse_size(*size)
        if 16 * size[0] * size[1] > MAX_DECODED_BYTES:
            raise Refused("memory")


def webp_size(head: bytes) -> tuple[int, int] | None:
    """Width and height from the first thirty bytes of a WebP (RFC 9649), or None."""
    if head[12:16] == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if head[12:16] == b"VP8 ":
        width, height = (int.from_bytes(head[at : at + 2], "little") & 0x3FFF for at in (26, 28))
        return width, height
    return None


def refuse_size(width: int, height: int) -> None:
    """Raise Refused for a declared size in pixels that cannot be used."""
    if not (width and height):
        raise Refused("damaged")
    if width * height > MAX_PIXELS:
        raise too_many_pixels()
    if max(width, height) > MAX_ASPECT_RATIO * min(width, height):
        raise Refused("strip", width=width, height=height)


def checked_jpeg_scans(file: IO[bytes]) -> int:
    """The number of scans in a JPEG; the file's position stays. Raises Refused for too many."""
    position = file.tell()
    file.seek(0)
    scans = count_jpeg_scans(file.read())
    file.seek(position)
    if scans > MAX_JPEG_SCANS:
        raise Refused("scans")
    return scans


def count_jpeg_scans(data: bytes) -> int:
    """How many scans the first picture of a JPEG has."""
    scans, at = 0, 2
    while found := _JPEG_MARKER.search(data, at):
        marker, at = found[1][0], found.end()
        if marker == _JPEG_END:
            break
        scans += marker == _JPEG_SCAN
        if marker not in _JPEG_WITHOUT_LENGTH:
            at += max(2, int.from_bytes(data[at : at + 2]))
    return scans


def too_many_pixels() -> Refused:
    return Refused("too_many_pixels", most=MAX_PIXELS // 1_000_000)


def unknown_kind(file: IO[bytes]) -> Refused:
    """The refusal of a file that Pillow does not know, with the likely reason."""
    file.seek(0)
    data = file.read(1000)
    if b"<svg" in data.lower():
        return Refused("svg")
    return Refused("heic" if data[4:8] == b"ftyp" else "unknown_kind")
