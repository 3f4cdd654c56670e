"""Examines a film or a sound: refuses it, or says what it is. Stores nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File

from .containers.facts import Bounded, Facts, Unreadable
from .containers.mp3 import read_mp3
from .containers.mp4 import read_mp4
from .containers.ogg import read_ogg
from .containers.webm import read_webm
from .refusals import refusal

CHUNK = 1024 * 1024
Reader = Callable[[Bounded, int], Facts]


@dataclass(frozen=True)
class Examined:
    """An accepted file: what it is, and the SHA-256 of its content in hexadecimal."""

    file: File
    facts: Facts
    bytes: int
    content_hash: str


def examine_recording(file: Any) -> Examined:
    """What an uploaded file is, by its content alone. Raises ValidationError.

    `file` is a Django File, of which no more than a piece is ever in memory.
    """
    content_hash, size = hash_and_size(file)
    if not size:
        raise refusal("empty")
    head = read_at(file, 0, 16)
    try:
        facts = reader_of(head)(Bounded(file), size)
    except Unreadable as refused:
        raise refusal(refused.code) from None
    file.seek(0)
    return Examined(file, facts, size, content_hash)


def hash_and_size(file: Any) -> tuple[str, int]:
    """(SHA-256, bytes). Raises ValidationError for more bytes than a recording may have."""
    digest, size = sha256(), 0
    file.seek(0)
    while chunk := file.read(CHUNK):
        size += len(chunk)
        if size > settings.MEDIA_MAX_BYTES:
            raise too_large()
        digest.update(chunk)
    return digest.hexdigest(), size


def too_large() -> Exception:
    return refusal("too_many_bytes", most=settings.MEDIA_MAX_BYTES // 1024**2)


def reader_of(head: bytes) -> Reader:
    """What reads a file that begins so. Its name says nothing."""
    if head[4:8] == b"ftyp" and head[:2] == b"\0\0":
        return read_mp4
    if head.startswith(b"\x1aE\xdf\xa3"):
        return read_webm
    if head.startswith(b"OggS"):
        return read_ogg
    return read_mp3


def read_at(file: IO[bytes], place: int, length: int) -> bytes:
    file.seek(place)
    return file.read(length)
