"""Files on a disk, each of which is there whole or not at all."""

import os
from contextlib import suppress
from secrets import token_hex

from django.core.files.storage import FileSystemStorage


class WholeFiles(FileSystemStorage):
    """Writes under another name first: who is stopped leaves no half of a file that looks whole."""

    PART = ".part"

    def _save(self, name, content):
        part = f"{name}.{token_hex(4)}{self.PART}"
        try:
            os.replace(self.path(super()._save(part, content)), self.path(name))
        except BaseException:
            # A disk that is full has half of it.
            with suppress(OSError):
                os.remove(self.path(part))
            raise
        return name
