"""WebM (RFC 8794 and 9559): a tree of elements, each an id, a size and its content."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from .facts import DEEPEST, MOST_PIXELS, Bounded, Facts, Unreadable, seconds_of

LARGEST_VALUE = 4_096
UNKNOWN = -1
"""The size of what was written before anybody knew how long it would be."""

HEAD, DOCTYPE, SEGMENT, INFO, SCALE = 0x1A45DFA3, 0x4282, 0x18538067, 0x1549A966, 0x2AD7B1
DURATION, TRACKS, TRACK, CODEC = 0x4489, 0x1654AE6B, 0xAE, 0x86
VIDEO, WIDTH, HEIGHT, SHOWN_WIDTH, SHOWN_HEIGHT = 0xE0, 0xB0, 0xBA, 0x54B0, 0x54BA
CLUSTER = 0x1F43B675
PARENTS = {INFO, TRACKS, TRACK, VIDEO}
READ = {DOCTYPE, SCALE, DURATION, CODEC, WIDTH, HEIGHT, SHOWN_WIDTH, SHOWN_HEIGHT}
CODECS = {b"V_VP8", b"V_VP9", b"V_AV1", b"A_VORBIS", b"A_OPUS"}
NANOSECONDS = 1_000_000_000

Said = dict[int, list[bytes]]
"""{id of an element: its values}"""


class Element(NamedTuple):
    id: int
    start: int
    """Where its content begins."""
    end: int


def read_webm(file: Bounded, size: int) -> Facts:
    """The facts of a film. Raises Unreadable."""
    top = list(elements(file, 0, size))
    if [each.id for each in top[:2]] != [HEAD, SEGMENT]:
        raise Unreadable
    head = Said()
    read_below(file, top[0], head)
    if head.get(DOCTYPE) != [b"webm"]:
        raise Unreadable("matroska")
    has_clusters, said = False, Said()
    for each in elements(file, top[1].start, top[1].end):
        has_clusters |= each.id == CLUSTER
        if each.id in PARENTS:
            read_below(file, each, said)
    if not has_clusters:
        raise Unreadable
    return facts_of(said)


def read_below(file: Bounded, parent: Element, said: Said, depth: int = 0) -> None:
    """Collect the values that are asked of all elements below one, by their ids."""
    for each in elements(file, parent.start, parent.end):
        if each.id in PARENTS and depth < DEEPEST:
            read_below(file, each, said, depth + 1)
        elif each.id in READ:
            said.setdefault(each.id, []).append(value(file, each))


def facts_of(said: Said) -> Facts:
    codecs = {codec.rstrip(b"\0") for codec in said.get(CODEC, ())}
    if not codecs or codecs - CODECS:
        raise Unreadable("film_codec")
    width = number(said, SHOWN_WIDTH) or number(said, WIDTH)
    height = number(said, SHOWN_HEIGHT) or number(said, HEIGHT)
    if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
        raise Unreadable("webm_sound")
    units = real(said.get(DURATION, [b""])[0])
    scale = number(said, SCALE) or 1_000_000
    return Facts("webm", seconds_of(units * scale, NANOSECONDS), width, height)


def elements(file: Bounded, start: int, end: int) -> Iterator[Element]:
    """The elements in a part of a file. Raises Unreadable for one that is cut off."""
    while start < end:
        name, at = variable(file, start, end, keep_marker=True)
        length, at = variable(file, at, end)
        if length != UNKNOWN and at + length > end:
            raise Unreadable
        # Of unknown size: up to the end, which is right of the last.
        element = Element(name, at, end if length == UNKNOWN else at + length)
        yield element
        start = element.end


def variable(file: Bounded, at: int, end: int, *, keep_marker: bool = False) -> tuple[int, int]:
    """(a number of one to eight bytes, where it ends); its leading zeros say of how many."""
    data = file.at(at, 8)
    length = 9 - data[0].bit_length() if data else 9
    if length > 8 or len(data) < length or at + length > end:
        raise Unreadable
    number = int.from_bytes(data[:length])
    if keep_marker:
        return number, at + length
    number -= 1 << 7 * length
    return (UNKNOWN if number == (1 << 7 * length) - 1 else number), at + length


def value(file: Bounded, element: Element) -> bytes:
    return file.at(element.start, min(element.end - element.start, LARGEST_VALUE))


def number(said: Said, name: int) -> int:
    return int.from_bytes(said.get(name, [b""])[0][:8])


def real(data: bytes) -> float:
    if len(data) not in {4, 8}:
        return 0.0
    (found,) = struct.unpack(">f" if len(data) == 4 else ">d", data)
    return found if found == found else 0.0  # else it is no number
