"""Reads a submitted picture before the admin's transaction begins, which would block others."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from ...library.photo import Photo
from ...library.pictures.decoding.upload_checks import MAX_BYTES
from ...library.pictures.refusals import refusal
from ...library.uploads.examine import Picture, examine, examine_original
from ...library.whole_numbers import parse_whole_number
from .uploads import NoRoom


@dataclass
class Upload:
    """A picture, or why there is none; neither when no file was submitted."""

    picture: Picture | None = None
    refusal: ValidationError | None = None
    original_is_missing: bool = False


def read_upload(request, photo=None):
    """Read the submitted file, or crop the photo again when its focal point was moved."""
    file, focus = request.FILES.get("file"), focus_in(request.POST)
    if not file and (photo is None or focus == (photo.focus_x, photo.focus_y)):
        return Upload()
    if isinstance(file, NoRoom):
        return Upload(refusal=refusal(file.why, most=MAX_BYTES // 1024**2))
    photo = photo or Photo()
    photo.focus_x, photo.focus_y = focus
    for name in ("credit", "copyright"):  # which its renditions are to carry
        if name in request.POST:
            setattr(photo, name, Photo._meta.get_field(name).to_python(request.POST[name])[:200])
    try:
        return Upload(examine(file, photo) if file else examine_original(photo))
    except ValidationError as refused:
        return Upload(refusal=refused)
    except FileNotFoundError:
        return Upload(original_is_missing=True)


def focus_in(data):
    """The focal point that was submitted, in percent; the centre if it is malformed."""
    focus = (parse_whole_number(data.get(name)) for name in ("focus_x", "focus_y"))
    return tuple(50 if percent is None else min(percent, 100) for percent in focus)
