"""An upload handler for when the disk is full."""

import io

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class NoRoom(InMemoryUploadedFile):
    """Stands for a file that could not be received, so that its form keeps everything else."""


class TemporaryFiles(TemporaryFileUploadHandler):
    """Writes large files to the disk. A full disk is an error of the file alone."""

    full = False

    def new_file(self, *args, **kwargs):
        self.full = False
        self.attempt(super().new_file, *args, **kwargs)

    def receive_data_chunk(self, raw_data, start):
        if not self.full:
            self.attempt(super().receive_data_chunk, raw_data, start)

    def file_complete(self, file_size):
        done = None if self.full else self.attempt(super().file_complete, file_size)
        if not self.full:
            return done
        return NoRoom(
            io.BytesIO(b"?"), self.field_name, self.file_name, self.content_type, 1, self.charset
        )

    def upload_interrupted(self):
        if self.file:
            super().upload_interrupted()

    def attempt(self, step, *args, **kwargs):
        try:
            return step(*args, **kwargs)
        except OSError:
            self.full = True
            return None
