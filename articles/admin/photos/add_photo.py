"""A picture taken into the library, from the writing screen or among many at once."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from ...library.photo import Photo
from ...library.pictures.decoding.upload_checks import MAX_BYTES
from ...library.pictures.refusals import refusal
from ...library.uploads.examine import Picture, copy_and_hash, examine
from ...library.uploads.store import delete_stored, store_picture
from ...publishing.invalidation.invalidate import invalidate
from .photo_form import photo_slug
from .uploads import NoRoom


@dataclass
class Added:
    """A photo, with the fields that its file filled; `known` when it was there already."""

    photo: Photo
    filled: list[str] = field(default_factory=list)
    known: bool = False


class InLibrary(Exception):
    """Somebody else took in the same file meanwhile: its `photo`."""

    def __init__(self, photo: Photo) -> None:
        self.photo = photo
        super().__init__(photo)


def add_photo(file, request, photo_admin, given: dict[str, Any] | None = None) -> Added:
    """Take a file into the library, unless it is there: then that photo is the answer.

    `given` fields count over what the file says. Raises ValidationError, whose messages are for
    whoever sent it.
    """
    if isinstance(file, NoRoom):
        raise refusal(file.why, most=MAX_BYTES // 1024**2)
    copy, content_hash = copy_and_hash(file)
    copy.close()
    if known := known_photo(content_hash):
        return Added(known, known=True)
    photo = Photo(**given or {})
    # Before the transaction: it takes seconds, and colleagues would wait.
    picture = examine(file, photo)
    try:
        return _store(photo, picture, file.name, request, photo_admin)
    except InLibrary as found:
        delete_stored(picture)
        return Added(found.photo, known=True)
    except BaseException:
        delete_stored(picture)
        raise


@transaction.atomic
def _store(photo: Photo, picture: Picture, filename: str, request, photo_admin) -> Added:
    words = photo.caption or picture.fields.get("caption") or filename or "photo"
    photo.slug = photo_slug(words)
    filled = store_picture(photo, picture, by=request.user)
    # No page shows it yet. Of two that take in one file at once, as when it is sent again because
    # the first answer was lost, the second waits here until the first is done.
    invalidate(())
    if known := known_photo(picture.content_hash):
        raise InLibrary(known)
    photo.save()
    photo_admin.log_addition(request, photo, [{"added": {}}])
    return Added(photo, filled)


def known_photo(content_hash: str) -> Photo | None:
    """The picture of the library that was made of this very file."""
    return Photo.objects.in_library().filter(content_hash=content_hash).first()
