"""Where pictures and the database are stored: whether there is room, and for how much."""

import os
import shutil
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper


class Room(NamedTuple):
    """The room of a folder, in bytes, and whether it can be written to."""

    free: int
    total: int
    is_writable: bool

    @property
    def is_enough(self) -> bool:
        return self.is_writable and self.free >= settings.LEAST_FREE_BYTES


def room_in(folder: str | Path) -> Room:
    """The room in a folder. Raises OSError where there is none."""
    usage = shutil.disk_usage(folder)
    return Room(usage.free, usage.total, os.access(folder, os.W_OK))


def room_for(storage: Any) -> Room | None:
    """The room in a storage of pictures; None for a bucket that answers, which has no end."""
    if hasattr(storage, "bucket"):
        storage.connection.meta.client.head_bucket(Bucket=storage.bucket_name)
        return None
    return room_in(storage.location)


def folder_of(database: BaseDatabaseWrapper) -> Path | None:
    """The folder of a database that is a file of ours."""
    if database.vendor != "sqlite" or database.is_in_memory_db():  # type: ignore[attr-defined]
        return None
    return Path(database.settings_dict["NAME"]).absolute().parent
