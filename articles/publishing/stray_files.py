"""Files in storage that no row knows: leftovers of a killed upload or a deleted photo."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.core.files.storage import FileSystemStorage, Storage, default_storage
from django.db import models
from django.db.models.functions import Cast

from ..library.photo import Photo, originals
from ..library.recording import Recording
from ..library.recordings.kinds import FOLDER as RECORDINGS
from ..library.recordings.kinds import MEDIA_TYPES
from .kill.sealed_story import originals_kept

AGE = dt.timedelta(hours=1)
"""A younger file may belong to a row that is just being written."""

RENDITIONS = "renditions"
RENDITION = re.compile(r"[a-z0-9]+(-\d+)+\.(avif|webp|jpg)")
RECORDING = re.compile(rf"(film|sound|[0-9a-f]{{24}})\.({'|'.join(MEDIA_TYPES)})")
ORIGINAL = re.compile(r"[\w-]+\.(jpe?g|png|webp|gif|tiff?)(\.\w+\.part)?", re.ASCII | re.I)
PATTERNS = {RENDITIONS: RENDITION, RECORDINGS: RECORDING}
"""What files are called in each folder that is served."""
FOLDER = re.compile(r"[\w-]{1,32}", re.ASCII)


@dataclass(frozen=True)
class Stray:
    """A file, or an empty folder, that nothing leads to."""

    storage: Storage
    name: str

    def remove(self) -> None:
        self.storage.delete(self.name)


def stray_files(now: dt.datetime, age: dt.timedelta = AGE) -> Iterator[Stray]:
    """Every stray that is older than `age`.

    Files named by a photo, an edition (past, live or scheduled) or a checkpoint are not strays.
    """
    listed = [
        *in_folders(default_storage, f"{RENDITIONS}/"),
        *in_folders(default_storage, f"{RECORDINGS}/"),
        *in_folders(originals(), ""),
    ]
    # Asked after the files were listed: a row that was written meanwhile knows its own.
    photos = Photo.objects.values_list("token", "file")
    tokens, files = set(), originals_kept()
    for token, file in photos.iterator():
        tokens.add(token)
        files.add(file)
    tokens |= set(Recording.objects.values_list("token", flat=True))
    unknown = {token for _storage, _prefix, token in listed} - tokens
    known = tokens | named_in_documents(unknown)
    for storage, prefix, token in listed:
        for name in strays_in(storage, f"{prefix}{token}", is_known=token in known):
            if name not in files and is_older(storage, name, now - age):
                yield Stray(storage, name)


def in_folders(storage: Storage, prefix: str) -> list[tuple[Storage, str, str]]:
    """The folders that pictures or recordings have there, each named for a token."""
    try:
        folders, _files = storage.listdir(prefix)
    except FileNotFoundError:
        return []
    return [(storage, prefix, folder) for folder in folders if FOLDER.fullmatch(folder)]


def named_in_documents(tokens: set[str]) -> set[str]:
    """Those of these tokens that a document names: an edition, a kept desk copy, any other."""
    found: set[str] = set()
    for model, field in documents():
        if found == tokens:
            break
        # Without a name: any that one gives it may be a field's of some model.
        rows = model._base_manager.values_list(Cast(field, models.TextField()), flat=True)
        for said in rows.iterator():
            found |= tokens.intersection(re.findall(r"[\w-]+", said or ""))
    return found


def documents() -> list[tuple[type[models.Model], str]]:
    """Every JSON or text field of every table: each may contain the name of a picture."""
    return [
        (model, field.name)
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.JSONField | models.TextField)
    ]


def strays_in(storage: Storage, folder: str, *, is_known: bool) -> Iterator[str]:
    """The strays in a folder: all files of ours, or only partial ones if a row knows the folder."""
    if is_known and not isinstance(storage, FileSystemStorage):
        return  # a bucket has no halves
    folders, files = storage.listdir(folder)
    pattern = PATTERNS.get(folder.partition("/")[0] if "/" in folder else "", ORIGINAL)
    for name in files:
        whole = pattern.fullmatch(name) and not name.endswith(".part")
        ours = whole or pattern.match(name)
        if ours and not (is_known and whole):
            yield f"{folder}/{name}"
    if not (files or folders or is_known):
        yield folder


def is_older(storage: Storage, name: str, than: dt.datetime) -> bool:
    try:
        return storage.get_modified_time(name) < than
    except FileNotFoundError:
        return False
