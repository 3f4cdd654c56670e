"""Taking pictures in: from an uploaded file to a photo whose renditions can be shown.

picture = examine(file, photo)    # refuses, decodes once, reads the words, makes the renditions
filled = take_in(photo, picture)  # stores the original and the renditions, fills the fields
photo.save()

The first costs time and memory: it stands before any transaction. The second stores all of a
picture or nothing.
"""

import logging
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from ..photo import Photo, new_token, original_path, originals
from . import upload_checks
from .encode import formats_for
from .metadata.words import words_of
from .refusals import refusal
from .renditions import SERIES, all_renditions
from .sandbox import read

log = logging.getLogger(__name__)

OF_THE_FILE = ("file", "token", "width", "height", "content_hash", "formats", "series")
"""The fields that taking a file in writes, beside those that the file's words fill."""


@dataclass
class Picture:
    """A file that has been let in, with the renditions made of it; nothing of it is stored.

    `width` and `height` are those of the whole. `files` are renditions, {name: bytes}, named by
    `token`. `file` is None when the original is in storage already, by the name `original`.
    """

    token: str
    content_hash: str
    file: File | None
    original: str = ""
    suffix: str = ""
    width: int = 0
    height: int = 0
    formats: list = field(default_factory=list)
    series: int = SERIES
    files: dict = field(default_factory=dict)
    words: dict = field(default_factory=dict)
    stored: list = field(default_factory=list)


FROM_THE_WORKER = ("suffix", "width", "height", "formats", "series", "files")


def examine(file, photo=None, *, patient=False):
    """Look at a file: let it in, read its words, and make what the photo has no rendition of.

    Stores nothing. `file` is a Django File, or anything with `read` and `seek`; `photo` is whose
    picture it is to be, a new one unless told otherwise, with its focal point. Waits for as long as
    others' pictures take if `patient`. Raises ValidationError.
    """
    photo = photo or Photo()
    copy, content_hash = spooled(file)
    stored = Photo.objects.filter(pk=photo.pk).first() if photo.pk else None
    if stored and stored.content_hash == content_hash and original_is_there(stored):
        return developed(copy, content_hash, photo, stored.token, of=stored, patient=patient)
    # Pages already published show the old picture: a new one gets a folder of its own.
    token = new_token() if stored and stored.token == photo.token else photo.token
    return developed(copy, content_hash, photo, token, patient=patient)


def examine_original(photo, *, patient=False):
    """Make what a stored photo lacks, with the focal point that it has now, from its original."""
    with photo.file.open("rb") as file:
        copy, content_hash = spooled(file)
    return developed(copy, content_hash, photo, photo.token, of=photo, patient=patient)


def developed(copy, content_hash, photo, token, *, of=None, patient=False):
    """A Picture of a file. If it is the original `of` a photo, only what that lacks is made."""
    request = {"token": token, "focus_x": photo.focus_x, "focus_y": photo.focus_y}
    missing = lacking(of, photo) if of else None
    answer = read(copy, request | {"missing": missing}, patient=patient)
    copy.seek(0)
    return Picture(
        token=token,
        content_hash=content_hash,
        file=None if of else File(copy),
        original=of.file.name if of else "",
        words=words_of(answer["said"]),
        **{name: answer[name] for name in FROM_THE_WORKER},
    )


def spooled(file):
    """A copy of a file that only this process has, and its SHA-256 in hexadecimal.

    Raises ValidationError when there is nothing in it, or too much, or no room for it.
    """
    file.seek(0)
    try:
        copy, digest = tempfile.TemporaryFile(), sha256()  # noqa: SIM115 - goes with the Picture
        while (chunk := file.read(256 * 1024)) and copy.tell() <= upload_checks.MOST_BYTES:
            digest.update(chunk)
            copy.write(chunk)
        size = copy.tell()
        copy.seek(0)
    except OSError as error:
        log.exception("No room for a copy of a picture")
        raise refusal("no_room") from error
    if not size:
        raise refusal("empty")
    if size > upload_checks.MOST_BYTES:
        raise refusal("too_many_bytes", most=upload_checks.MOST_BYTES // 1024**2)
    return copy, digest.hexdigest()


def lacking(stored, photo):
    """The names of the renditions that a photo with this focal point has not in storage."""
    now = {"formats": formats_for(stored.width, stored.height), "series": SERIES}
    picture = stored.as_picture() | now | {"focus_x": photo.focus_x, "focus_y": photo.focus_y}
    return [name for name in all_renditions(picture) if not default_storage.exists(name)]


def take_in(photo, file, *, by=None):
    """Make a photo ready to be shown from a file (or a Picture that `examine` gave).

    Stores the original and the renditions, and fills the photo's fields; the caller saves it, or
    calls `put_back` when it cannot. Words that the file brings fill empty fields only. The same
    file for the same photo again stores nothing. Returns the names of the fields that the file's
    words filled. `by=None` is a command. Raises ValidationError for a file that cannot be used or
    stored, and PermissionDenied.
    """
    refuse_unless_allowed(photo, by)
    picture = file if isinstance(file, Picture) else examine(file, photo, patient=by is None)
    store(photo, picture)
    photo.width, photo.height = picture.width, picture.height
    photo.content_hash = picture.content_hash
    photo.formats, photo.series = " ".join(picture.formats), picture.series
    if by is not None and photo._state.adding:
        photo.added_by = by
    return fill(photo, picture.words)


def store(photo, picture):
    """Put the files of a picture into storage: all, or none and ValidationError."""
    photo.token = picture.token
    if picture.original:
        photo.file = picture.original
    try:
        for name, data in picture.files.items():
            put(picture, default_storage, name, ContentFile(data))
        if picture.file is not None:
            name = original_path(photo, f"original.{picture.suffix}")
            photo.file = put(picture, photo.file.storage, name, picture.file)
    except BaseException as error:
        put_back(picture)
        if not isinstance(error, Exception):
            raise
        log.exception("A picture could not be stored")
        raise refusal("no_room") from error
    # A fixture's pictures are many, and are remembered until all of them are in.
    picture.files.clear()
    if picture.file is not None:
        picture.file.close()


def put(picture, storage, name, content):
    """Store one file, and remember that it is to go again if the picture is put back."""
    kept = storage.save(name, content)
    picture.stored.append((storage, kept))
    return kept


def put_back(picture):
    """Remove again what `store` stored: the row that it belongs to is not written."""
    places = {(storage, name.rpartition("/")[0]) for storage, name in picture.stored}
    # What cannot be removed now is a stray file, which a command finds; the rest still goes.
    for storage, name in [*picture.stored, *places, *folders_of(picture)]:
        with suppress(Exception):
            storage.delete(name)
    picture.stored.clear()


def folders_of(picture):
    """Where the picture's files were to lie; only an empty folder can be removed."""
    return (default_storage, f"renditions/{picture.token}"), (originals(), picture.token)


def remake(photo, *, by=None):
    """Make the renditions that a stored photo lacks, from its original, and save what they are.

    It lacks some after its focal point moved, and when it was taken in before there was a format or
    a width. Renditions of an earlier focal point stay, for the editions that show them. Returns
    whether there was anything to make.
    """
    refuse_unless_allowed(photo, by)
    if is_complete(photo):
        return False
    add_renditions(photo, examine_original(photo, patient=by is None))
    return True


def add_renditions(photo, picture):
    """Store what `examine_original` made, and save what the photo has now."""
    store(photo, picture)
    photo.formats, photo.series = " ".join(picture.formats), picture.series
    photo.save(update_fields=["formats", "series"])


def is_complete(photo):
    """Whether every rendition of a photo is in storage, in every format and width made here now."""
    names = all_renditions(photo.as_picture())
    made = photo.formats.split(), photo.series
    now = formats_for(photo.width, photo.height)
    return made == (now, SERIES) and all(map(default_storage.exists, names))


def refuse_unless_allowed(photo, by):
    permission = "articles.add_photo" if photo._state.adding else "articles.change_photo"
    if by is not None and not by.has_perm(permission):
        raise PermissionDenied(_("Your role does not allow changes to the picture library."))


def original_is_there(photo):
    return bool(photo.file) and photo.file.storage.exists(photo.file.name)


def fill(photo, words):
    """Fill the photo's empty fields with the words of its file; names those that were filled."""
    filled = [name for name in words if not getattr(photo, name)]
    for name in filled:
        setattr(photo, name, words[name])
    return filled
