"""The segments of a JPEG, as far as they have to be known before it is decoded."""

import re

END, SCAN = 0xD9, 0xDA
BARE = {0x01, 0xD8, *range(0xD0, 0xD8)}
"""Markers without a length after them."""

MARKER = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])")
"""A marker in the midst of a scan, where a byte of 255 is followed by 0, and restarts are usual."""


def scans_of(data):
    """How many times a decoder goes over the first picture of a file.

    What comes after its end (another picture, a film) is no part of it.
    """
    scans, at = 0, 2
    while found := MARKER.search(data, at):
        kind, at = found[1][0], found.end()
        if kind == END:
            break
        scans += kind == SCAN
        if kind not in BARE:
            at += max(2, int.from_bytes(data[at : at + 2]))
    return scans
