"""Storages of pictures on a disk."""

import os
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class AtomicFileStorage(FileSystemStorage):
    """Writes to a temporary name and renames it: an interrupted write leaves no partial file."""

    def _save(self, name: str, content: Any) -> str:
        part = f"{name}.{token_hex(4)}.part"
        try:
            saved = super()._save(part, content)  # type: ignore[misc]
            os.replace(self.path(saved), self.path(name))
        except BaseException:
            # On a full disk half of the file was written.
            with suppress(OSError):
                os.remove(self.path(part))
            raise
        return name


class RenditionsStorage(AtomicFileStorage):
    """Renditions: one that is stored again, with another credit in it, takes the place of the first
    at once."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name


class OriginalsStorage(AtomicFileStorage):
    """Originals have no URL: their metadata says where they were taken."""

    @property
    def base_location(self) -> Path:
        return settings.ORIGINALS_ROOT

    @property
    def location(self) -> str:
        return str(settings.ORIGINALS_ROOT)

    def url(self, name: str | None) -> str:
        raise ValueError("An original has no URL; show one of its renditions.")
