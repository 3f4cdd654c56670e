"""An export as a stream of bytes: a file, or the one in a zip that holds pictures too."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from ..incoming import Unreadable
from .zips import Stream, Zip

ZIP = b"PK\x03\x04"
MOST_BYTES = 8 * 1024**3


def is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == ZIP


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes] | Stream]:
    """The stream of an export. Raises Unreadable for a zip that holds none."""
    if not is_zip(path):
        with path.open("rb") as file:
            yield file
        return
    with Zip(path) as archive:
        fault = Unreadable(_("The zip cannot be read."))
        with archive.stream(export_in(archive), fault) as stream:
            yield stream


def export_in(archive: Zip) -> zipfile.ZipInfo:
    """The JSON nearest to the top of a zip, or its only XML."""
    kinds = [
        [name for name in archive.entries if name.lower().endswith(suffix) and is_own(name)]
        for suffix in (".json", ".xml")
    ]
    found = kinds[0] or kinds[1]
    if not found:
        raise Unreadable(_("There is no export in the zip."))
    if len(kinds[1]) > 1 and not kinds[0]:
        raise Unreadable(_("There are several files in the zip: unpack it, and give all of them."))
    entry = archive.entries[min(found, key=lambda name: (name.count("/"), name))]
    if entry.file_size > MOST_BYTES:
        raise Unreadable(_("The file is larger than %d GB.") % (MOST_BYTES // 1024**3))
    if archive.is_bomb(entry):
        raise Unreadable(_("The export in the zip is packed more tightly than words are."))
    return entry


def is_own(name: str) -> bool:
    """Whether an entry is none that a Mac adds to every file of a zip."""
    return not name.startswith("__MACOSX/")
