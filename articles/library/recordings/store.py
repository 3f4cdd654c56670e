"""Stores an examined film or sound, and the captions of a film; deletes what nothing shows."""

import logging
from functools import partial
from pathlib import PurePath

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from ..naming.slugs import free_slug
from ..recording import Recording
from ..stored_folder import delete_folder
from .captions import mark_of
from .examine import Examined
from .kinds import FOLDER, captions_name, file_name, sort_of
from .refusals import refusal

log = logging.getLogger(__name__)


def store_recording(recording: Recording, examined: Examined, *, by: User | None = None) -> None:
    """Store a file, and fill the fields of the recording that say what it is.

    The caller saves the recording, or calls `delete_files` when it cannot. Raises ValidationError
    for what cannot be stored, and PermissionDenied.
    """
    refuse_unless_allowed(recording, by)
    facts = examined.facts
    name = file_name(recording.token, facts.suffix)
    try:
        recording.file.name = default_storage.save(name, examined.file)
    except OSError as error:
        log.exception("A recording could not be stored")
        raise refusal("no_room") from error
    recording.sort = sort_of(facts.suffix)
    recording.bytes, recording.content_hash = examined.bytes, examined.content_hash
    recording.seconds, recording.width, recording.height = facts.seconds, facts.width, facts.height
    if by is not None and recording._state.adding:
        recording.added_by = by


def store_captions(recording: Recording) -> None:
    """Store the captions of a recording as a file that pages can name, unless it is there."""
    if not recording.captions:
        return
    name = captions_name(recording.token, mark_of(recording.captions))
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(recording.captions.encode()))


def refuse_unless_allowed(recording: Recording, by: User | None) -> None:
    permission = (
        "articles.add_recording" if recording._state.adding else "articles.change_recording"
    )
    if by is not None and not by.has_perm(permission):
        raise PermissionDenied(_("Your role does not allow changes to the films and sounds."))


def recording_slug(words: str) -> str:
    """A slug made of a title, or of a file's name, that no recording has."""
    stem = slugify(PurePath(words).stem if "." in words[-5:-2] else words)
    return free_slug(
        stem or "recording", lambda slug: Recording.objects.filter(slug=slug).exists(), 78
    )


def known_recording(content_hash: str) -> Recording | None:
    """The recording that was made of this very file."""
    return Recording.objects.filter(content_hash=content_hash).first()


def delete_files(recording: Recording) -> None:
    """Delete all files of a recording whose row is not, or no longer, stored."""
    delete_folder(f"{FOLDER}/{recording.token}")


def delete_files_when_committed(recording: Recording) -> None:
    transaction.on_commit(partial(delete_files, recording), robust=True)
