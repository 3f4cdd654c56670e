"""IPTC-IIM: what picture agencies write, in binary records.

Not Pillow's reader: it raises at a damaged record, and finds none in a PNG.
"""

import struct
from collections import defaultdict
from typing import Any

from PIL import Image

from .text import clean, decode

DATASETS = {
    "caption": 120,
    "byline": 80,
    "agency": 110,
    "source": 115,
    "rights": 116,
    "instructions": 40,
    "headline": 105,
    "keywords": 25,
}
CHARSET = (1, 90)
DATE_DATASETS = ((55, 60), (62, 63))  # made, digitised: day and time
IPTC_RESOURCE = 0x0404
TIFF_IPTC, TIFF_PHOTOSHOP = 33723, 34377


def read_iptc(image: Image.Image) -> dict[str, Any]:
    records = read_records(iptc_block(image))
    charset = records[CHARSET][0] if records[CHARSET] else b""

    def text(number: int) -> str:
        return clean([decode_as(value, charset) for value in records[2, number]])

    texts = {name: text(number) for name, number in DATASETS.items()}
    return texts | {"dates": [f"{text(day)}T{text(time)}" for day, time in DATE_DATASETS]}


def decode_as(value: bytes, charset: bytes) -> str:
    """A value in the character set of record 1:90, if it is one to be trusted."""
    if charset in {
        b"\x1b.A",
        b"\x1b-A",
        b"\x1b/A",
    }:  # ISO 8859-1, which in practice is Windows-1252
        return value.decode("cp1252", "replace")
    return decode(value)


def iptc_block(image: Image.Image) -> bytes:
    """The bytes of all records, from wherever a format keeps them."""
    if apps := getattr(image, "applist", None):  # of a JPEG, in several segments if it is long
        start = b"Photoshop 3.0\x00"
        return iptc_resource(
            b"".join(data[len(start) :] for _, data in apps if data.startswith(start))
        )
    if tags := getattr(image, "tag_v2", None):
        return tag_bytes(tags, TIFF_IPTC) or iptc_resource(tag_bytes(tags, TIFF_PHOTOSHOP))
    return raw_profile(image, "iptc") or raw_profile(image, "8bim")


def tag_bytes(tags: Any, tag: int) -> bytes:
    """The bytes of a TIFF's tag, which some programs declare as 32-bit integers."""
    value = tags.get(tag, b"")
    if isinstance(value, int):
        value = (value,)
    if isinstance(value, tuple):
        order = "<" if tags.prefix == b"II" else ">"
        return struct.pack(f"{order}{len(value)}I", *value)
    return value if isinstance(value, bytes) else b""


def raw_profile(image: Image.Image, kind: str) -> bytes:
    """The bytes of a PNG's “raw profile”: a name, a length, and hexadecimal digits."""
    text = image.info.get(f"Raw profile type {kind}", "")
    data = bytes.fromhex("".join(str(text).split()[2:]))
    return iptc_resource(data) or data


def iptc_resource(data: bytes) -> bytes:
    """The IPTC block among Photoshop's resources."""
    at, found = 0, b""
    while data[at : at + 4] == b"8BIM" and at + 12 <= len(data):
        (code,) = struct.unpack_from(">H", data, at + 4)
        at += 6 + (data[at + 6] + 2) // 2 * 2  # a name, made even with its length
        (size,) = struct.unpack_from(">I", data.ljust(at + 4, b"\x00"), at)
        if code == IPTC_RESOURCE:
            found += data[at + 4 : at + 4 + size]
        at += 4 + size + size % 2
    return found


def read_records(data: bytes) -> defaultdict[tuple[int, int], list[bytes]]:
    """{(record, dataset): [value, …]} up to the first damaged record."""
    records, at = defaultdict(list), 0
    while at + 5 <= len(data) and data[at] == 0x1C:
        key = data[at + 1], data[at + 2]
        (size,) = struct.unpack_from(">H", data, at + 3)
        at += 5
        if size & 0x8000:  # extended: these are the bytes of the length
            length = size & 0x7FFF
            size = int.from_bytes(data[at : at + length])
            at += length
        records[key].append(data[at : at + size])
        at += size
    return records
