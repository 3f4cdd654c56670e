"""Tiny films and sounds, made by hand: their containers say everything and hold next to nothing."""

import struct


def box(name, content=b""):
    return struct.pack(">I4s", len(content) + 8, name) + content


def mp4(
    *,
    seconds=12,
    width=640,
    height=360,
    film=b"avc1",
    sound=b"mp4a",
    turned=False,
    brand=b"isom",
    data=b"\0" * 64,
):
    """A film, or with `film=b""` a sound."""
    tracks = [track(b"vide", film, width, height, turned)] if film else []
    tracks += [track(b"soun", sound, 0, 0, False)] if sound else []
    head = struct.pack(">IIIII", 0, 0, 0, 1000, seconds * 1000) + b"\0" * 80
    moov = box(b"moov", box(b"mvhd", head) + b"".join(tracks))
    return box(b"ftyp", brand + b"\0\0\0\1" + brand) + moov + box(b"mdat", data)


def track(handler, codec, width, height, turned):
    matrix = (0, 1 << 16, -1 << 16, 0) if turned else (1 << 16, 0, 0, 1 << 16)
    a, b, c, d = matrix
    turn = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    size = struct.pack(">II", width << 16, height << 16)
    header = box(b"tkhd", b"\0" * 40 + turn + size)
    kind = box(b"hdlr", b"\0" * 8 + handler + b"\0" * 12)
    entry = struct.pack(">II", 0, 1) + box(codec, b"\0" * 78)
    return box(
        b"trak", header + box(b"mdia", kind + box(b"minf", box(b"stbl", box(b"stsd", entry))))
    )


def element(name, content=b""):
    return name + struct.pack(">Q", len(content) | 1 << 56) + content


def webm(*, seconds=12, width=640, height=360, codecs=(b"V_VP9", b"A_OPUS"), doctype=b"webm"):
    head = element(b"\x1a\x45\xdf\xa3", element(b"\x42\x82", doctype))
    info = element(b"\x15\x49\xa9\x66", element(b"\x44\x89", struct.pack(">d", seconds * 1000.0)))
    size = element(b"\xb0", struct.pack(">H", width)) + element(b"\xba", struct.pack(">H", height))
    tracks = b"".join(
        element(b"\xae", element(b"\x86", codec) + (element(b"\xe0", size) if number == 0 else b""))
        for number, codec in enumerate(codecs)
    )
    cluster = element(b"\x1f\x43\xb6\x75", b"\0" * 64)
    return head + element(
        b"\x18\x53\x80\x67", info + element(b"\x16\x54\xae\x6b", tracks) + cluster
    )


FRAME = b"\xff\xfb\x90\x00" + b"\0" * 413
"""A frame of MPEG 1, layer III: 128 kbit/s, 44.1 kHz, 1,152 samples."""


def mp3(*, frames=460, tag=b""):
    return tag + FRAME * frames


VORBIS = b"\x01vorbis\0\0\0\0\1" + struct.pack("<I", 44_100) + b"\0" * 14


def ogg(*, seconds=12, ident=VORBIS):
    return page(2, 0, ident) + page(4, seconds * 44_100, b"\0" * 40)


def page(kind, reached, packet):
    head = b"OggS\0" + bytes([kind]) + struct.pack("<Q", reached) + b"\0" * 12
    return head + bytes([1, len(packet)]) + packet


CAPTIONS = """WEBVTT

00:00.500 --> 00:03.000
- It began at four in the morning.

00:04.000 --> 00:09.000 align:start
- And then the water came.
"""
