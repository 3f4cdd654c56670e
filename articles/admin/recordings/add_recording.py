"""A film or sound taken into the library, from its own page or from the writing screen."""

from pathlib import PurePath

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ...library.characters import tidy_line
from ...library.recording import Recording
from ...library.recordings.examine import examine_recording, too_large
from ...library.recordings.refusals import refusal
from ...library.recordings.store import (
    delete_files,
    known_recording,
    recording_slug,
    store_recording,
)
from ...publishing.invalidation.invalidate import invalidate
from ..photos.uploads import NoRoom, TooLarge


def add_recording(file, request, recording_admin) -> tuple[Recording, bool]:
    """Take a file into the library; the recording, and whether it was there already.

    Raises PermissionDenied, and ValidationError whose messages are for whoever sent it.
    """
    if not request.user.has_perm("articles.add_recording"):
        raise PermissionDenied(_("Your role does not allow changes to the films and sounds."))
    if isinstance(file, TooLarge):
        raise too_large()
    if isinstance(file, NoRoom):
        raise refusal("no_room")
    # Before the transaction: it takes seconds, and colleagues would wait.
    examined = examine_recording(file)
    if known := known_recording(examined.content_hash):
        return known, True
    recording = Recording(title=title_of(file.name))
    store_recording(recording, examined, by=request.user)
    try:
        stored = _store(recording, request, recording_admin)
    except BaseException:
        delete_files(recording)
        raise
    if stored != recording:
        delete_files(recording)
    return stored, stored != recording


@transaction.atomic
def _store(recording: Recording, request, recording_admin) -> Recording:
    # Of two people who send one file at once, the second waits here until the first is done.
    invalidate(())
    if known := known_recording(recording.content_hash):
        return known
    recording.slug = recording_slug(recording.title)
    recording.save()
    recording_admin.log_addition(request, recording, [{"added": {}}])
    return recording


def title_of(filename: str) -> str:
    """A title to begin with, made of a file's name."""
    words = tidy_line(PurePath(filename or "").stem.replace("_", " ")).strip()
    return words[:200] or _("Without a title")
