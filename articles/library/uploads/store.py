"""Stores an examined picture, all of its files or none, and fills the photo's fields."""

import logging
from contextlib import suppress
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage
from django.utils.translation import gettext as _

from ..photo import Photo, marks_of, original_path, originals
from ..pictures.encode import formats_for
from ..pictures.refusals import refusal
from ..pictures.renditions import SERIES, all_renditions
from .examine import Picture, examine, examine_original

log = logging.getLogger(__name__)

MADE_FIELDS = ("formats", "series", "marks", "look")
FILE_FIELDS = ("file", "token", "width", "height", "content_hash", *MADE_FIELDS)
"""The fields that `store_picture` writes, beside those that the file's metadata fills."""


def store_picture(photo: Photo, file: Any, *, by: User | None = None) -> list[str]:
    """Store a file (or a Picture from `examine`) with its renditions, and fill the photo's fields.

    The caller saves the photo, or calls `delete_stored` when it cannot. Metadata fills empty fields
    only. The same file for the same photo again stores nothing. Returns the names of the fields
    that metadata filled. `by=None` is a command. Raises ValidationError for a file that cannot be
    used or stored, and PermissionDenied.
    """
    refuse_unless_allowed(photo, by)
    picture = file if isinstance(file, Picture) else examine(file, photo, wait=by is None)
    _store_files(photo, picture)
    photo.width, photo.height = picture.width, picture.height
    photo.content_hash = picture.content_hash
    if by is not None and photo._state.adding:
        photo.added_by = by
    filled = [name for name in picture.fields if not getattr(photo, name)]
    for name in filled:
        setattr(photo, name, picture.fields[name])
    return filled


def make_missing_renditions(photo: Photo) -> bool:
    """Make the renditions that a stored photo lacks from its original, and save its fields.

    It lacks some after its focal point moved, when it was uploaded before there was a format or a
    width, and when its credit or copyright was changed, which they carry: then the same pictures
    are stored again under the same names. Those of an earlier focal point stay as they are, for the
    editions that show them. Returns whether there was anything to make.
    """
    if has_all_renditions(photo):
        return False
    add_renditions(photo, examine_original(photo, wait=True))
    return True


def add_renditions(photo: Photo, picture: Picture) -> None:
    """Store what `examine_original` made, and save what the photo says of its renditions."""
    _store_files(photo, picture)
    photo.save(update_fields=MADE_FIELDS)


def has_all_renditions(photo: Photo) -> bool:
    """Whether all renditions of a photo are in storage, in every current format and width, with the
    words that it has now."""
    made = photo.formats.split(), photo.series
    current = formats_for(photo.width, photo.height), SERIES
    if made != current or not photo.is_marked or not photo.look:
        return False
    return all(map(default_storage.exists, all_renditions(photo.as_picture())))


def refuse_unless_allowed(photo: Photo, by: User | None) -> None:
    permission = "articles.add_photo" if photo._state.adding else "articles.change_photo"
    if by is not None and not by.has_perm(permission):
        raise PermissionDenied(_("Your role does not allow changes to the picture library."))


def _store_files(photo: Photo, picture: Picture) -> None:
    """Store all files of a picture, or none and raise ValidationError."""
    photo.token = picture.token
    if picture.original:
        photo.file = picture.original
    try:
        for name, data in picture.files.items():
            _store(picture, default_storage, name, ContentFile(data))
        if picture.file is not None:
            name = original_path(photo, f"original.{picture.suffix}")
            photo.file = _store(picture, photo.file.storage, name, picture.file)
    except BaseException as error:
        delete_stored(picture)
        if not isinstance(error, Exception):
            raise
        log.exception("A picture could not be stored")
        raise refusal("no_room") from error
    photo.formats, photo.series = " ".join(picture.formats), picture.series
    photo.marks, photo.look = marks_of(*picture.marks), picture.look
    # A fixture holds on to all of its pictures until the last of them is stored.
    picture.files.clear()
    if picture.file is not None:
        picture.file.close()


def _store(picture: Picture, storage: Storage, name: str, content: Any) -> str:
    # Stored again with another credit: pages show it, so it stays whatever happens to the others.
    was_there = bool(picture.original) and storage.exists(name)
    name = storage.save(name, content)
    if not was_there:
        picture.stored.append((storage, name))
    return name


def delete_stored(picture: Picture) -> None:
    """Delete what was stored of a picture whose photo is not saved."""
    folders = {(storage, name.rpartition("/")[0]) for storage, name in picture.stored}
    # Folders that are still empty, too; storages delete no others.
    folders |= {(default_storage, f"renditions/{picture.token}"), (originals(), picture.token)}
    # What cannot be deleted now is left for `stray_files`.
    for storage, name in [*picture.stored, *folders]:
        with suppress(Exception):
            storage.delete(name)
    picture.stored.clear()
