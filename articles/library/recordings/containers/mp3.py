"""MP3: frames one after another, perhaps behind a tag. The first may say how many there are."""

from typing import NamedTuple

from .facts import Bounded, Facts, Unreadable, seconds_of

FRAMES_READ = 400
"""About ten seconds, from whose bytes the length of the rest is reckoned."""
LOOKED_FOR_FIRST = 64 * 1024
FRAMES_IN_A_ROW = 3
"""Fewer may stand in anything."""

# Of layer III, kilobits a second, by what the frame says.
BITRATES = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
SHIFTS = (21, 14, 7, 0)
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


class Frame(NamedTuple):
    length: int
    """In bytes."""
    samples: int
    rate: int
    tag_at: int
    """Where in it the number of all frames may stand."""


def read_mp3(file: Bounded, size: int) -> Facts:
    """The facts of a sound. Raises Unreadable."""
    start = first_frame(file, size)
    first = frame_at(file, start)
    assert first is not None  # noqa: S101 (it was just found)
    tag = file.at(start + first.tag_at, 16)
    if tag[:4] in {b"Xing", b"Info"}:
        flags, frames, length = (int.from_bytes(tag[at : at + 4]) for at in (4, 8, 12))
        if flags & 3 == 3 and start + length > size:
            raise Unreadable
        if flags & 1:
            return Facts("mp3", seconds_of(frames * first.samples, first.rate))
    return Facts("mp3", reckoned(file, start, size))


def first_frame(file: Bounded, size: int) -> int:
    """Where the sound begins. Raises Unreadable where none does."""
    head = file.at(0, 10)
    start = 0
    if head[:3] == b"ID3" and len(head) == 10:
        start = 10 + sum(
            (each & 0x7F) << shift for each, shift in zip(head[6:], SHIFTS, strict=True)
        )
    near = file.at(start, LOOKED_FOR_FIRST)
    at = near.find(b"\xff")
    while at >= 0:
        if begins_here(file, start + at, size):
            return start + at
        at = near.find(b"\xff", at + 1)
    raise Unreadable("damaged" if start else "unknown_kind")


def begins_here(file: Bounded, at: int, size: int) -> bool:
    for _number in range(FRAMES_IN_A_ROW):
        frame = frame_at(file, at)
        if frame is None:
            return False
        at += frame.length
    return at <= size


def reckoned(file: Bounded, start: int, size: int) -> int:
    """The length, from that of the first frames."""
    at, samples, rate = start, 0, 1
    for _number in range(FRAMES_READ):
        frame = frame_at(file, at)
        if frame is None or at + frame.length > size:
            break
        at, samples, rate = at + frame.length, samples + frame.samples, frame.rate
    return seconds_of(samples * (size - start) / max(at - start, 1), rate)


def frame_at(file: Bounded, at: int) -> Frame | None:
    """The frame of layer III that begins there, if one does."""
    head = file.at(at, 4)
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return None
    version, bitrate, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or bitrate in {0, 15} or rate == 3:
        return None
    is_first, is_mono = version == 3, head[3] >> 6 == 3
    samples, hertz = (1152 if is_first else 576), RATES[version][rate]
    bits = BITRATES[1 if is_first else 2][bitrate] * 1000
    length = samples // 8 * bits // hertz + (head[2] >> 1 & 1)
    beside = {(True, False): 32, (True, True): 17, (False, False): 17, (False, True): 9}
    return Frame(length, samples, hertz, 4 + beside[is_first, is_mono])
