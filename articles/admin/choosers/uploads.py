"""The words of pictures changed in place, by the rules of the photo's own screens."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ...library.photo import Photo
from ...library.pictures.refusals import refusal
from ...library.uploads.examine import Picture, examine_original
from ...library.uploads.store import add_renditions, delete_stored
from ...publishing.invalidation.invalidate import invalidate
from ...publishing.steps.hold_back import hold_back_refused, lock_scheduled
from ..photos.photo_form import PhotoForm
from ..photos.tell_stories import tell_stories

MAX_FILES = 20
"""Pictures sent in one request."""
FOCUS = ("focus_x", "focus_y")
IN_PLACE = ("caption", "credit", "alt", "decorative", *FOCUS)
"""The fields of a photo that can be changed beside a story."""


@dataclass
class Changed:
    """What came of changing a photo: errors by field ("" for those of none), what a colleague
    changed meanwhile, and sentences about what else followed."""

    errors: dict[str, list[str]] = field(default_factory=dict)
    stale: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class WordsForm(PhotoForm):
    """The photo's own form, without what belongs to its file."""

    which_file = None
    same_again = None


def form_in_place(request, photo_admin, photo: Photo):
    """The form with those fields that were sent.

    As on the photo's own screen, `initial-…` inputs hold what the page showed.
    """
    names = [name for name in IN_PLACE if name in request.POST]
    form = photo_admin.get_form(request, photo, change=True, form=WordsForm, fields=names)
    return form(request.POST, instance=photo)


def change_photo(request, photo_admin, photo: Photo) -> Changed:
    """Change the words or the focal point that were sent, and crop again where that moved.

    A field that a colleague changed meanwhile is not overwritten: it is among the `stale`.
    """
    try:
        crops = _crops_at(photo, request.POST)
    except ValidationError as refused:
        return Changed(errors={"focus_x": refused.messages})
    changed = Changed()
    try:
        with transaction.atomic():
            _change(request, photo_admin, photo.pk, crops, changed)
    except ValidationError as refused:
        changed.errors.setdefault("", []).extend(refused.messages)
    finally:
        if crops and changed.errors:
            delete_stored(crops)
    return changed


def _change(request, photo_admin, key, crops, changed: Changed) -> None:
    photo = Photo.objects.select_for_update(no_key=True).get(pk=key)
    lock_scheduled(photo)
    form = form_in_place(request, photo_admin, photo)
    if not form.is_valid():
        changed.stale = getattr(form, "stale", [])
        changed.errors = {
            "" if name == "__all__" else name: list(sentences)
            for name, sentences in form.errors.items()
        }
        return
    if not form.changed_data:
        return
    message = photo_admin.construct_change_message(request, form, [], False)
    photo = form.save()
    if crops:
        if crops.token != photo.token:  # a colleague has just replaced the file
            raise refusal("busy")
        add_renditions(photo, crops)
    elif set(FOCUS) & set(form.changed_data):
        changed.notes.append(_("The picture as uploaded is missing, so no new crops were made."))
    photo_admin.log_change(request, photo, message)
    invalidate(photo_admin.keys_of(photo))
    tell_stories(request, photo, form.changed_data)
    changed.notes += map(str, hold_back_refused(by=request.user, photo=photo))


def _crops_at(photo: Photo, data) -> Picture | None:
    """The renditions at the focal point that was sent, if it is another; None without an original.

    Before the transaction, as an upload is read.
    """
    if not set(FOCUS) & set(data):
        return None
    moved = Photo.objects.get(pk=photo.pk)
    for name in FOCUS:
        value = data.get(name, "")
        if value.isascii() and value.isdigit() and len(value) < 4:
            setattr(moved, name, min(int(value), 100))
    if (moved.focus_x, moved.focus_y) == (photo.focus_x, photo.focus_y):
        return None
    try:
        return examine_original(moved)
    except FileNotFoundError:
        return None
