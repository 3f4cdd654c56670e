"""A file is there whole or not at all."""

import pytest
from django.core.files.base import ContentFile

from articles.library.pictures.storages import AtomicFileStorage


class CutOff(ContentFile):
    """A file of which the second half never comes."""

    def chunks(self, chunk_size=None):
        yield b"half"
        raise KeyboardInterrupt


def test_who_is_stopped_while_writing_leaves_no_file_of_that_name(tmp_path):
    storage = AtomicFileStorage(tmp_path)

    with pytest.raises(KeyboardInterrupt):
        storage.save("token/whole-320.webp", CutOff(b"half and half"))

    assert not storage.exists("token/whole-320.webp")
    assert storage.save("token/whole-320.webp", ContentFile(b"whole")) == "token/whole-320.webp"
    assert storage.open("token/whole-320.webp").read() == b"whole"
    assert storage.listdir("token")[1][0].startswith("whole-320.webp")
