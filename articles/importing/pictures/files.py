"""The uploads of the old site, in a folder or in a zip that is never unpacked."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Protocol

from django.utils.translation import gettext as _

from ...library.pictures.decoding.upload_checks import MAX_BYTES
from ..addresses import file_key
from ..incoming import Unreadable
from ..readers.zips import Stream, Zip

GHOST_FOLDERS = ("images/", "media/", "files/")


class Refused(Exception):
    """A file that is not opened; one sentence says why."""


class Files(Protocol):
    def names(self) -> Iterator[str]: ...

    def open(self, name: str) -> IO[bytes] | Stream: ...

    def close(self) -> None: ...


class Folder:
    """Files in a folder: never outside of it, and nothing through a symbolic link."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self.written: dict[str, str] = {}

    def names(self) -> Iterator[str]:
        for folder, _folders, files in os.walk(self.path, followlinks=False):
            for name in files:
                path = (Path(folder) / name).relative_to(self.path).as_posix()
                yield self.readable(path)

    def open(self, name: str) -> IO[bytes]:
        path = self.path / self.written.get(name, name)
        if path.is_symlink() or not path.resolve().is_relative_to(self.path):
            raise Refused(_("It is a link that leads elsewhere."))
        if not path.is_file():
            raise Refused(_("It is no file."))
        try:
            return os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb")
        except OSError as error:
            raise Refused(_("It cannot be opened: %s.") % error.strerror) from error

    def readable(self, name: str) -> str:
        """A name as text: servers of old wrote Latin-1, which is none."""
        try:
            name.encode()
        except UnicodeEncodeError:
            text = os.fsencode(name).decode("latin-1")
            self.written[text] = name
            return text
        return name

    def close(self) -> None:
        """Nothing is open."""


class Zipped:
    """Entries of a zip. Raises Unreadable for one that is no archive of an honest size."""

    def __init__(self, path: Path) -> None:
        self.zip = Zip(path)

    def names(self) -> Iterator[str]:
        yield from self.zip.entries

    def open(self, name: str) -> Stream:
        entry = self.zip.entries[name]
        if entry.file_size > MAX_BYTES:
            raise Refused(_("It is larger than %d MB.") % (MAX_BYTES // 1024**2))
        if self.zip.is_bomb(entry):
            raise Refused(_("It is packed more tightly than any picture is."))
        return self.zip.stream(entry, Refused(_("It cannot be unpacked.")))

    def close(self) -> None:
        self.zip.close()


def files_at(path: Path) -> Files:
    """The files of `--pictures`. Raises Unreadable."""
    if path.is_dir():
        return Folder(path)
    if path.is_file():
        return Zipped(path)
    raise Unreadable(_("There is no folder and no zip called “%s”.") % path.name)


def keys_of(files: Files) -> Iterator[tuple[str, str]]:
    """(key, name) of every file; one in a folder of Ghost's content also without that folder."""
    for name in files.names():
        yield file_key(name), name
        if name.startswith(GHOST_FOLDERS):
            yield file_key(f"content/{name}"), name
