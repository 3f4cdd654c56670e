"""Examines a picture: refuses it, or reads its metadata and makes renditions. Stores nothing."""

import logging
import tempfile
from dataclasses import dataclass, field
from hashlib import sha256
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import default_storage

from ..photo import Photo, new_token
from ..pictures.decoding import upload_checks
from ..pictures.encode import formats_for
from ..pictures.metadata.photo_fields import photo_fields
from ..pictures.refusals import refusal
from ..pictures.renditions import SERIES, all_renditions
from ..pictures.sandbox import read_picture

MADE = ("files", "marks", "look")

log = logging.getLogger(__name__)


@dataclass
class Picture:
    """An accepted file with the renditions made of it; nothing of it is stored.

    `width` and `height` are those of the whole. `files` are renditions, {name: bytes}, named by
    `token`. `file` is None when the original is in storage already, by the name `original`.
    `fields` are what its metadata says for the photo's fields, and `marks` the credit and copyright
    that its renditions carry; `stored` is for `store_picture`.
    """

    token: str
    content_hash: str
    file: File | None
    original: str
    suffix: str
    width: int
    height: int
    formats: list[str]
    series: int
    files: dict[str, bytes]
    fields: dict
    marks: list[str]
    look: str
    stored: list = field(default_factory=list)


def examine(file: Any, photo: Photo | None = None, *, wait: bool = False) -> Picture:
    """A Picture of a file, with those renditions that the photo lacks. Raises ValidationError.

    `file` is a Django File, or anything with `read` and `seek`; `photo` is whose picture it is to
    be, with its focal point: a new one by default. With `wait`, waits for as long as the pictures
    of others take.
    """
    photo = photo or Photo()
    copy, content_hash = copy_and_hash(file)
    stored = Photo.objects.filter(pk=photo.pk).first() if photo.pk else None
    if stored and stored.content_hash == content_hash and has_original(stored):
        return _picture(copy, content_hash, photo, stored.token, of=stored, wait=wait)
    # Published pages show the old picture: a new one gets a folder of its own.
    token = new_token() if stored and stored.token == photo.token else photo.token
    return _picture(copy, content_hash, photo, token, wait=wait)


def examine_original(photo: Photo, *, wait: bool = False) -> Picture:
    """A Picture with what a stored photo lacks at its present focal point, from its original."""
    with photo.file.open("rb") as file:
        copy, content_hash = copy_and_hash(file)
    return _picture(copy, content_hash, photo, photo.token, of=photo, wait=wait)


def _picture(
    copy: IO[bytes],
    content_hash: str,
    photo: Photo,
    token: str,
    *,
    of: Photo | None = None,
    wait: bool = False,
) -> Picture:
    """A Picture of a file. If it is the original `of` a photo, only what that lacks is made."""
    request = {"token": token, "focus_x": photo.focus_x, "focus_y": photo.focus_y}
    request["missing"] = missing_renditions(of, photo) if of else None
    # A new file says itself what was not typed; what was emptied later stays empty.
    request["marks"] = [each if of else each or None for each in (photo.credit, photo.copyright)]
    answer = read_picture(copy, request, wait=wait)
    copy.seek(0)
    return Picture(
        token=token,
        content_hash=content_hash,
        file=None if of else File(copy),
        original=(of.file.name or "") if of else "",
        fields=photo_fields(answer["metadata"]),
        **{
            name: answer[name]
            for name in (*("suffix", "width", "height", "formats", "series"), *MADE)
        },
    )


def copy_and_hash(file: Any) -> tuple[IO[bytes], str]:
    """A private copy of a file, and its SHA-256 in hexadecimal.

    Raises ValidationError when it is empty or too large, or when there is no room for it.
    """
    file.seek(0)
    try:
        copy, digest = tempfile.TemporaryFile(), sha256()  # noqa: SIM115 - closed with the Picture
        while (chunk := file.read(256 * 1024)) and copy.tell() <= upload_checks.MAX_BYTES:
            digest.update(chunk)
            copy.write(chunk)
        size = copy.tell()
        copy.seek(0)
    except OSError as error:
        log.exception("No room for a copy of a picture")
        raise refusal("no_room") from error
    if not size:
        raise refusal("empty")
    if size > upload_checks.MAX_BYTES:
        raise refusal("too_many_bytes", most=upload_checks.MAX_BYTES // 1024**2)
    return copy, digest.hexdigest()


def missing_renditions(stored: Photo, photo: Photo) -> list[str]:
    """The names of renditions that are not in storage, of a stored photo at a new focal point; of
    one that carries other words than it has now, all."""
    now = {"formats": formats_for(stored.width, stored.height), "series": SERIES}
    picture = stored.as_picture() | now | {"focus_x": photo.focus_x, "focus_y": photo.focus_y}
    names = all_renditions(picture)
    if not photo.is_marked:
        return list(names)
    return [name for name in names if not default_storage.exists(name)]


def has_original(photo: Photo) -> bool:
    """Whether a photo's original is in storage."""
    return bool(photo.file) and photo.file.storage.exists(str(photo.file.name))
