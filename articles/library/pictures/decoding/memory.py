"""The memory that decoding a picture takes, computed beforehand."""

from typing import Any

from ..renditions import Size
from . import upload_checks

STRIP_HEIGHT, TILE_WIDTH, TILE_HEIGHT, BITS_PER_SAMPLE = 278, 322, 323, 258  # tags of TIFF


def refuse_memory(opened: upload_checks.Opened, declared_size: Size, kept_pixels: int) -> None:
    """Raise Refused for a picture that would take too much memory to decode.

    `declared_size` is that of the file; its image may have been drafted smaller. `kept_pixels` are
    those of the reduced copy.
    """
    image = opened.image
    decoded = image.width * image.height * bytes_per_pixel(image.mode)
    besides = max(decoder_bytes(opened, declared_size), 4 * kept_pixels)
    if decoded + besides > upload_checks.MAX_DECODED_BYTES:
        width, height = declared_size
        raise upload_checks.Refused("memory", width=width, height=height)


def bytes_per_pixel(mode: str) -> int:
    """Bytes per pixel in Pillow's memory: four for every mode with colours."""
    if mode.startswith("I;16"):
        return 2
    return 1 if mode in {"1", "L", "P"} else 4


def decoder_bytes(opened: upload_checks.Opened, size: Size) -> int:
    """Memory in bytes that the decoder takes besides the decoded picture."""
    match opened.image.format:
        case "JPEG" | "MPO":
            return jpeg_coefficient_bytes(opened, *size)
        case "WEBP":  # libwebp has two canvases, for animations, and returns a copy
            return 12 * size[0] * size[1]
        case "TIFF":
            return tiff_strip_bytes(getattr(opened.image, "tag_v2"), *size)  # noqa: B009
    return 0


def jpeg_coefficient_bytes(opened: upload_checks.Opened, width: int, height: int) -> int:
    """A progressive JPEG is held as two-byte coefficients until its last scan."""
    if opened.scans < 2:
        return 0
    layers = getattr(opened.image, "layer", None) or [(1, 1, 1, 0)] * 4
    widest, tallest = max(layer[1] for layer in layers), max(layer[2] for layer in layers)
    share = sum(layer[1] * layer[2] for layer in layers) / (widest * tallest)
    return int(2 * share * width * height)


def tiff_strip_bytes(tags: Any, width: int, height: int) -> int:
    """One strip or tile, as it is in the file."""
    strip_width = tags.get(TILE_WIDTH) or width
    strip_height = tags.get(TILE_HEIGHT) or tags.get(STRIP_HEIGHT) or height
    bits = tags.get(BITS_PER_SAMPLE) or (8,)
    return min(strip_width * strip_height, 4 * width * height) * sum(bits) // 8
