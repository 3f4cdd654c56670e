"""An upload handler for when the disk is full, or a file larger than any may be."""

import io

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class NoRoom(InMemoryUploadedFile):
    """Stands for a file that could not be received, so that its form keeps everything else."""

    why = "no_room"


class TooLarge(NoRoom):
    """Stands for a file of which no more was kept once it was larger than any may be."""

    why = "too_many_bytes"


class TemporaryFiles(TemporaryFileUploadHandler):
    """Writes large files to the disk. A full disk is an error of the file alone, and so is a file
    that is larger than any may be: what is sent after that is read and forgotten."""

    instead: type[NoRoom] | None = None

    def new_file(self, *args, **kwargs):
        self.instead = None
        self.attempt(super().new_file, *args, **kwargs)

    def receive_data_chunk(self, raw_data, start):
        if start + len(raw_data) > settings.MEDIA_MAX_BYTES and not self.instead:
            self.instead = TooLarge
            self.attempt(self.file.truncate, 0)
        if not self.instead:
            self.attempt(super().receive_data_chunk, raw_data, start)

    def file_complete(self, file_size):
        done = None if self.instead else self.attempt(super().file_complete, file_size)
        if not self.instead:
            return done
        return self.instead(
            io.BytesIO(b"?"), self.field_name, self.file_name, self.content_type, 1, self.charset
        )

    def upload_interrupted(self):
        if self.file:
            super().upload_interrupted()

    def attempt(self, step, *args, **kwargs):
        try:
            return step(*args, **kwargs)
        except OSError:
            self.instead = NoRoom
            return None
