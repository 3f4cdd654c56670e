"""Pictures that lie beside a fixture, taken into storage."""

import hashlib
import re
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files import File

from ..library.intake import (
    OF_THE_FILE,
    examine,
    is_complete,
    original_is_there,
    put_back,
    take_in,
)
from ..library.photo import Photo
from ..library.promised import take_original
from .broken import Broken

MOST_LETTERS = Photo._meta.get_field("file").max_length
TOKEN = re.compile(r"[\w-]{1,32}", re.ASCII)


class Pictures:
    """Takes in the pictures of a fixture, and can remove again what it stored.

    With `later`, their renditions are left to `make_renditions`.
    """

    def __init__(self, *, later=False):
        self.added, self.waiting, self.later, self.promised = [], [], later, []

    def expect(self, made, folder):
        """Remember a photo's row, just made from a fixture that lies in this folder."""
        photo, named = made.object, made.node["fields"].get("file") or ""
        if not TOKEN.fullmatch(photo.token):
            raise Broken(made.where, "token", "it is no name that a folder here can have")
        path = beside(folder, named, made.where)
        if path.is_file():
            self.waiting.append((photo.slug, path, made.where))
        elif not original_is_there(photo):
            raise Broken(made.where, "file", f"there is no picture “{named}” beside the fixture")

    def take_in(self, progress=None):
        """Store the pictures that are not there yet; returns how many there were."""
        taken = 0
        for done, (slug, path, where) in enumerate(self.waiting, start=1):
            taken += self.take_one(Photo.objects.get(slug=slug), path, where)
            if progress:
                progress(done, len(self.waiting))
        return taken

    def take_one(self, photo, path, where):
        if self.later and not original_is_there(photo):
            return self.promise(photo, path, where)
        here = original_is_there(photo) and is_complete(photo)
        if here and photo.content_hash == fingerprint(path):
            return False
        try:
            with path.open("rb") as file:
                picture = examine(File(file, name=path.name), photo, patient=True)
            self.added.append(picture)
            filled = take_in(photo, picture)
        except ValidationError as error:
            raise Broken(where, "file", " ".join(error.messages)) from error
        photo.save(update_fields=[*OF_THE_FILE, *filled])
        return True

    def promise(self, photo, path, where):
        """Store a picture's original alone. Raises Broken."""
        try:
            take_original(photo, path, fingerprint(path))
        except (OSError, ValueError) as error:
            raise Broken(where, "file", str(error)) from error
        finally:
            self.promised.append(photo)
        photo.save()
        return True

    def undo(self):
        """Remove the files that were stored: the rows they belong to were never written."""
        for photo in self.promised:
            photo.file.storage.delete(photo.file.name)
            photo.file.storage.delete(photo.token)
        for picture in self.added:
            put_back(picture)


def beside(folder, named, where):
    """Where a file lies that a fixture in this folder names; nowhere else. Raises Broken."""
    folder, said = Path(folder or ".").resolve(), f"“{str(named)[:60]}”"
    if not named:
        raise Broken(where, "file", "it is missing")
    try:
        path = (folder / named).resolve()
        is_file_name = bool(path.suffix) and not path.is_dir() and len(named) <= MOST_LETTERS
    except (OSError, ValueError, RuntimeError, TypeError) as error:
        raise Broken(where, "file", f"{said} is no name of a file") from error
    if not path.is_relative_to(folder):
        raise Broken(where, "file", f"{said} does not lie beside the fixture")
    if not is_file_name:
        raise Broken(where, "file", f"{said} is no name of a file")
    return path


def fingerprint(path):
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
