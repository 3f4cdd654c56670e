"""Zips that others made: opened without trust, and never unpacked."""

import io
import lzma
import struct
import zipfile
import zlib
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from ..incoming import Unreadable

MOST_ENTRIES = 200_000
MOST_DECLARED = 200 * 1024**3
MOST_RATIO = 200
LONGEST_LIST = 128 * 1024**2
"""Bytes of the list of entries: 200,000 of them have no more."""

_ENTRY, _IS_UTF8 = b"PK\x01\x02", 0x800
BROKEN = (
    *(OSError, EOFError, ValueError, RuntimeError, NotImplementedError, struct.error),
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
)


class Zip(zipfile.ZipFile):
    """An archive of an honest size; `entries` are those that lie in it, by name.

    Raises Unreadable.
    """

    def __init__(self, path: Path) -> None:
        self.file: IO[bytes] | None = None
        try:
            self.file = _Listed(io.FileIO(path))
            super().__init__(self.file)
        except BROKEN as error:
            self.close()
            raise Unreadable(_("“%s” is no zip that can be read.") % path.name) from error
        except Unreadable:
            self.close()
            raise
        if sum(entry.file_size for entry in self.infolist()) > MOST_DECLARED:
            self.close()
            raise Unreadable(_("The zip holds more than %d GB.") % (MOST_DECLARED // 1024**3))
        self.size = path.stat().st_size
        self.entries = {name_of(each): each for each in self.infolist() if is_inside(each)}

    def close(self) -> None:
        if hasattr(self, "fp"):
            super().close()
        if self.file:
            self.file.close()

    def is_bomb(self, entry: zipfile.ZipInfo) -> bool:
        """Whether an entry becomes larger than words or pictures do, or lies about its size."""
        if entry.compress_size > self.size:
            return True
        return entry.file_size > MOST_RATIO * max(entry.compress_size, 1)

    def stream(self, entry: zipfile.ZipInfo, fault: Exception) -> "Stream":
        """The bytes of an entry. Raises `fault` where they cannot be unpacked."""
        try:
            return Stream(self.open(entry), fault)
        except BROKEN as error:
            raise fault from error


class _Listed(io.BufferedReader):
    """A file whose list of entries is measured before it becomes objects."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size and size > LONGEST_LIST:
            raise too_many()
        data = super().read(size)
        if data.count(_ENTRY) > MOST_ENTRIES:
            raise too_many()
        return data


def too_many() -> Unreadable:
    return Unreadable(_("The zip has more than %d entries.") % MOST_ENTRIES)


class Stream:
    """The bytes of an entry, all that can be wrong with them being one fault."""

    def __init__(self, file: IO[bytes], fault: Exception) -> None:
        self.file, self.fault = file, fault

    def read(self, size: int = -1) -> bytes:
        try:
            return self.file.read(size)
        except BROKEN as error:
            raise self.fault from error

    def seek(self, place: int) -> int:
        try:
            return self.file.seek(place)
        except BROKEN as error:
            raise self.fault from error

    def __enter__(self) -> "Stream":
        return self

    def __exit__(self, *_error: object) -> None:
        self.file.close()


def name_of(entry: zipfile.ZipInfo) -> str:
    """The name of an entry. Zips of a Mac have UTF-8 without saying so."""
    if entry.flag_bits & _IS_UTF8 or entry.filename.isascii():
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode()
    except UnicodeError:
        return entry.filename


def is_inside(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is a file that would lie in the folder that the zip were unpacked into."""
    name = entry.filename.replace("\\", "/")
    is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
    return not (entry.is_dir() or is_link or name.startswith("/") or ".." in name.split("/"))
