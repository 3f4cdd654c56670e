"""Ogg (RFC 3533) with Vorbis or Opus: pages, each of which says how far the sound has come."""

from .facts import Bounded, Facts, Unreadable, seconds_of

LAST_PAGES = 128 * 1024
"""Bytes at the end of a file in which its last page begins: none has more than 64 kB."""
NOT_SAID = (1 << 64) - 1
OPUS_RATE = 48_000


def read_ogg(file: Bounded, size: int) -> Facts:
    """The facts of a sound. Raises Unreadable."""
    head = file.at(0, 4_096)
    rate, before = rate_of(head)
    if b"\x80theora" in head or b"fishead" in head:
        raise Unreadable("ogg_film")
    end = file.at(max(0, size - LAST_PAGES), LAST_PAGES)
    at = end.rfind(b"OggS")
    if at < 0 or page_end(end, at) != len(end):
        raise Unreadable
    reached = int.from_bytes(end[at + 6 : at + 14], "little")
    if reached == NOT_SAID:
        return Facts("ogg")
    return Facts("ogg", seconds_of(reached - before, rate))


def rate_of(head: bytes) -> tuple[int, int]:
    """(samples in a second, samples before the sound begins), from the first page."""
    packet = head[27 + head[26] :] if len(head) > 27 else b""
    if packet.startswith(b"\x01vorbis") and len(packet) >= 16:
        return int.from_bytes(packet[12:16], "little"), 0
    if packet.startswith(b"OpusHead") and len(packet) >= 12:
        return OPUS_RATE, int.from_bytes(packet[10:12], "little")
    raise Unreadable("sound_codec")


def page_end(data: bytes, at: int) -> int:
    """Where the page ends that begins there."""
    table = data[at + 27 : at + 27 + data[at + 26]] if len(data) > at + 26 else b""
    return at + 27 + len(table) + sum(table)
