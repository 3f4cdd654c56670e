"""Files on a disk, each of which is there whole or not at all."""

import os
from secrets import token_hex

from django.core.files.storage import FileSystemStorage


class WholeFiles(FileSystemStorage):
    """Writes under another name first: who is stopped leaves no half of a file that looks whole."""

    def _save(self, name, content):
        part = super()._save(f"{name}.{token_hex(4)}.part", content)
        try:
            os.replace(self.path(part), self.path(name))
        except BaseException:
            self.delete(part)
            raise
        return name
