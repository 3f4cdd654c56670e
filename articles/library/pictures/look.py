"""What a picture looks like in 64 bits, so that the same one is found in another size or quality.

A difference hash: of a grey copy of nine by eight pixels, whether each is brighter than the one to
its right. Scaled, compressed or slightly brighter, a picture keeps nearly all of its bits.
"""

from PIL import Image

COLUMNS, ROWS = 8, 8
BITS = COLUMNS * ROWS
BAND = 4
"""Digits of each part of a look by which it is found: looks that differ in three bits share at
least one of their four parts."""
NEAR = 6
"""Bits by which two looks of the same picture may differ."""


def look_of(image: Image.Image) -> str:
    """The look of a picture, in 16 hexadecimal digits."""
    size = (COLUMNS + 1, ROWS)
    grey = image.convert("L").resize(size, Image.Resampling.BOX, reducing_gap=3.0).tobytes()
    bits = 0
    for row in range(ROWS):
        for at in range(row * size[0], row * size[0] + COLUMNS):
            bits = bits << 1 | (grey[at] > grey[at + 1])
    return f"{bits:0{BITS // 4}x}"


def look_parts() -> range:
    """The places, from 1, at which the parts of a look begin."""
    return range(1, BITS // 4, BAND)


def distance(look: str, other: str) -> int:
    """The number of bits in which two looks differ."""
    return (int(look, 16) ^ int(other, 16)).bit_count()
