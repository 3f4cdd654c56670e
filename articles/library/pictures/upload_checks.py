"""The guard: what is let in as a picture, decided before anything is decoded.

It stands in the process that reads a picture (worker.py), which knows nothing of the site: a
refusal is a code with figures, and refusals.py has the words.
"""

import warnings
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

from .jpeg import scans_of

# Pillow's names of the formats let in → the suffix the original is kept under.
FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "TIFF": "tif"}

MOST_BYTES = 50 * 1024 * 1024
MOST_PIXELS = 80_000_000
MOST_RATIO = 8
MOST_SCANS = 40  # a progressive JPEG has about ten; each costs a pass over the whole picture
STRIP, TILE_HEIGHT, TILE_WIDTH, BITS = 278, 323, 322, 258  # tags of TIFF

MOST_DECODED = 232_000_000
"""Bytes that a picture may take while it is decoded. The process itself takes 30 million."""


class Refused(Exception):
    """A picture that is not let in: why, and the figures that belong to it."""

    def __init__(self, code, **figures):
        super().__init__(code)
        self.code, self.figures = code, figures


@dataclass
class Opened:
    """A file that has passed the guard and is not decoded yet."""

    image: Image.Image
    suffix: str
    scans: int


def open_picture(file):
    """Let a file in, or raise Refused. Nothing is decoded here."""
    # A picture that is too large is refused by us, in words.
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    refuse_canvas(file)
    try:
        image = Image.open(file, formats=[*FORMATS])
    except Image.DecompressionBombError:
        raise too_many_pixels() from None
    except UnidentifiedImageError:
        raise unknown_kind(file) from None
    except MemoryError:
        raise Refused("memory") from None
    except Exception:  # a hostile header can make a reader fail in any way
        raise Refused("damaged") from None
    refuse_size(*image.size)
    # Some cameras put a second picture behind the JPEG, which is then read as MPO.
    suffix = FORMATS.get(image.format, "jpg")
    return Opened(image, suffix, scans(file) if suffix == "jpg" else 0)


def refuse_canvas(file):
    """A WebP takes its memory as soon as it is opened: refuse it by what it declares."""
    head = file.read(30)
    file.seek(0)
    size = webp_size(head) if head[8:12] == b"WEBP" else None
    if size:
        refuse_size(*size)
        if 16 * size[0] * size[1] > MOST_DECODED:
            raise Refused("memory")


def webp_size(head):
    """Width and height in the first thirty bytes of a WebP; nothing for what is none."""
    if head[12:16] == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if head[12:16] == b"VP8 ":
        return tuple(int.from_bytes(head[at : at + 2], "little") & 0x3FFF for at in (26, 28))
    return None


def refuse_size(width, height):
    """Raise Refused for a picture of a declared size that cannot be used."""
    if not (width and height):
        raise Refused("damaged")
    if width * height > MOST_PIXELS:
        raise too_many_pixels()
    if max(width, height) > MOST_RATIO * min(width, height):
        raise Refused("strip", width=width, height=height)


def scans(file):
    """The scans of a JPEG, which leaves the file where it was."""
    at = file.tell()
    file.seek(0)
    found = scans_of(file.read())
    file.seek(at)
    if found > MOST_SCANS:
        raise Refused("scans")
    return found


def too_many_pixels():
    return Refused("too_many_pixels", most=MOST_PIXELS // 1_000_000)


def unknown_kind(file):
    """The refusal of a file that is no picture we use, naming the likely reason."""
    file.seek(0)
    data = file.read(1000)
    if b"<svg" in data.lstrip(b"\xef\xbb\xbf \t\r\n").lower():
        return Refused("svg")
    return Refused("heic" if data[4:8] == b"ftyp" else "unknown_kind")


def refuse_cost(opened, size, reduced):
    """Raise Refused for a picture that would take too much memory to decode.

    `size` is what it declares; its image may be drafted smaller. `reduced` are the pixels of what
    is kept of it.
    """
    image = opened.image
    pixels = image.width * image.height
    beside = BESIDE.get(image.format, lambda *_: 0)(opened, size)
    if pixels * bytes_of(image.mode) + max(beside, 4 * reduced) > MOST_DECODED:
        raise Refused("memory", width=size[0], height=size[1])


def bytes_of(mode):
    """Bytes that Pillow takes for a pixel: four for all colours, whatever the file has."""
    if mode.startswith("I;16"):
        return 2
    return 1 if mode in {"1", "L", "P"} else 4


def jpeg_beside(opened, size):
    """A picture that comes in several scans is kept as numbers of two bytes until all are there."""
    if opened.scans < 2:
        return 0
    layers = getattr(opened.image, "layer", None) or [(1, 1, 1, 0)] * 4
    widest, tallest = max(each[1] for each in layers), max(each[2] for each in layers)
    share = sum(each[1] * each[2] for each in layers) / (widest * tallest)
    return int(2 * share * size[0] * size[1])


def webp_beside(opened, size):
    """Its library has two canvases, for films, and gives the picture as bytes."""
    return 12 * size[0] * size[1]


def tiff_beside(opened, size):
    """One strip or tile, as it is in the file."""
    tags = opened.image.tag_v2
    width = tags.get(TILE_WIDTH) or size[0]
    height = tags.get(TILE_HEIGHT) or tags.get(STRIP) or size[1]
    bits = tags.get(BITS) or (8,)
    return min(width * height, 4 * size[0] * size[1]) * sum(bits) // 8


BESIDE = {"JPEG": jpeg_beside, "MPO": jpeg_beside, "WEBP": webp_beside, "TIFF": tiff_beside}
"""What decoding takes beside the picture itself, in bytes, by format."""
