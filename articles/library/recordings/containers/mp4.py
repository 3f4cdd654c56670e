"""MP4 (ISO/IEC 14496-12): a list of boxes, each a size and a name and often boxes again."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from .facts import DEEPEST, MOST_PIXELS, Bounded, Facts, Unreadable, seconds_of

PARENTS = {b"trak", b"mdia", b"minf", b"stbl", b"mvex"}
LARGEST_HEADER = 4_096
"""Bytes that are read of a box, of which none here needs more."""
H264, AAC = {b"avc1", b"avc3"}, {b"mp4a"}


@dataclass(frozen=True)
class Box:
    name: bytes
    start: int
    """Where its content begins."""
    end: int


@dataclass
class Track:
    handler: bytes = b""
    codec: bytes = b""
    width: int = 0
    height: int = 0


def read_mp4(file: Bounded, size: int) -> Facts:
    """The facts of a film, or of a sound without pictures. Raises Unreadable."""
    top = {box.name: box for box in boxes(file, 0, size)}
    if b"moov" not in top or not {b"mdat", b"moof"} & top.keys():
        raise Unreadable
    refuse_quicktime(file, top)
    tracks: list[Track] = []
    lengths: list[int] = []
    for box in below(file, top[b"moov"]):
        read_box(file, box, tracks, lengths)
    films = [track for track in tracks if track.handler == b"vide"]
    sounds = [track for track in tracks if track.handler == b"soun"]
    if any(track.codec not in H264 for track in films):
        raise Unreadable("film_codec")
    if not (films or sounds) or any(track.codec not in AAC for track in sounds):
        raise Unreadable("sound_codec")
    seconds = max(lengths, default=0)
    if not films:
        return Facts("m4a", seconds)
    width, height = films[0].width, films[0].height
    if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
        raise Unreadable
    return Facts("mp4", seconds, width, height)


def refuse_quicktime(file: Bounded, top: dict[bytes, Box]) -> None:
    if content(file, top[b"ftyp"])[:4] == b"qt  ":
        raise Unreadable("quicktime")


def boxes(file: Bounded, start: int, end: int) -> Iterator[Box]:
    """The boxes in a part of a file, which they fill. Raises Unreadable for one that is cut off."""
    while start < end:
        head = file.at(start, 16)
        if start + 8 > end or len(head) < 8:
            raise Unreadable
        length, name, at = int.from_bytes(head[:4]), head[4:8], start + 8
        if length == 1:
            length, at = int.from_bytes(head[8:16]), start + 16
        elif length == 0:
            length = end - start
        if start + length > end or start + length < at:
            raise Unreadable
        yield Box(name, at, start + length)
        start += length


def below(file: Bounded, box: Box, depth: int = 0) -> Iterator[Box]:
    """The boxes in a box, and those in these, each before its own."""
    for each in boxes(file, box.start, box.end):
        yield each
        if each.name in PARENTS and depth < DEEPEST:
            yield from below(file, each, depth + 1)


def content(file: Bounded, box: Box) -> bytes:
    return file.at(box.start, min(box.end - box.start, LARGEST_HEADER))


def read_box(file: Bounded, box: Box, tracks: list[Track], lengths: list[int]) -> None:
    """Take in what one box says. Those of a track come after its `trak`."""
    if box.name == b"trak":
        tracks.append(Track())
    elif box.name in READERS:
        try:
            READERS[box.name](content(file, box), tracks, lengths)
        except (struct.error, IndexError):
            raise Unreadable from None


def read_header(data: bytes, tracks: list[Track], lengths: list[int]) -> None:
    """The length of the whole, and in how many units of a second."""
    if data[0] == 1:
        per_second, units = struct.unpack_from(">IQ", data, 20)
    else:
        per_second, units = struct.unpack_from(">II", data, 12)
    lengths.append(seconds_of(units, per_second))


def read_track_header(data: bytes, tracks: list[Track], lengths: list[int]) -> None:
    """The size as shown; of a film that a telephone took upright, turned."""
    at = 52 if data[0] == 1 else 40
    turn = struct.unpack_from(">iiii", data, at)
    width, height = (each >> 16 for each in struct.unpack_from(">II", data, at + 36))
    is_turned = turn[0] == 0 and turn[1] != 0
    tracks[-1].width, tracks[-1].height = (height, width) if is_turned else (width, height)


def read_handler(data: bytes, tracks: list[Track], lengths: list[int]) -> None:
    tracks[-1].handler = data[8:12]


def read_codec(data: bytes, tracks: list[Track], lengths: list[int]) -> None:
    tracks[-1].codec = data[12:16]


READERS = {
    b"mvhd": read_header,
    b"tkhd": read_track_header,
    b"hdlr": read_handler,
    b"stsd": read_codec,
}
