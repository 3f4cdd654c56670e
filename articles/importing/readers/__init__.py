"""The formats that can be read. Each is a module with a `name`, `fits` and `read`.

`fits(head)` says by the first kilobytes of a file whether it is of this format; `read(path, zone)`
yields the items of incoming.py, and raises Unreadable where it cannot go on.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from ..incoming import Item, Unreadable
from . import feed, ghost, wordpress
from .opened import MOST_BYTES, opened

HEAD = 64 * 1024


@dataclass(frozen=True)
class Reader:
    name: str
    fits: Callable[[bytes], bool]
    read: Callable[[Path, dt.tzinfo], Iterator[Item]]


READERS = [Reader(each.NAME, each.fits, each.read) for each in (wordpress, ghost, feed)]


def reader_for(path: Path) -> Reader:
    """The reader of a file, by what is in it. Raises Unreadable."""
    try:
        size = path.stat().st_size
        with opened(path) as file:
            head = file.read(HEAD)
    except OSError as error:
        raise Unreadable(_("The file cannot be opened: %s.") % error.strerror) from error
    if size > MOST_BYTES:
        raise Unreadable(_("The file is larger than %d GB.") % (MOST_BYTES // 1024**3))
    for reader in READERS:
        if reader.fits(head):
            return reader
    names = ", ".join(reader.name for reader in READERS)
    raise Unreadable(_("This is none of the exports that can be read: %s.") % names)
