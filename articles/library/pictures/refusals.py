"""Why a picture is refused, in messages for whoever uploaded it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

MESSAGES = {
    "empty": _("This file is empty."),
    "too_many_bytes": _(
        "This file is larger than %(most)s MB. Save the picture smaller and try again."
    ),
    "too_many_pixels": _(
        "This picture has more than %(most)s million pixels. Save it smaller and try again."
    ),
    "strip": _("This picture is a strip, %(width)s by %(height)s pixels. Crop it and try again."),
    "memory": _(
        "This picture is too large to be read in its format. Save it smaller, or as a JPEG that is"
        " not progressive, and try again."
    ),
    "scans": _("This JPEG is built in an unusual way. Save it again in a picture editor."),
    "damaged": _("This picture is damaged or incomplete. Ask for the file again."),
    "slow": _("This picture took too long to read. Save it smaller and try again."),
    "svg": _("SVG drawings are not accepted. Export the drawing as PNG."),
    "heic": _("HEIC and AVIF pictures are not accepted. Export the picture as JPEG."),
    "unknown_kind": _(
        "This file is not a picture that can be used. Send JPEG, PNG, WebP, GIF or TIFF."
    ),
    "busy": _("Another picture is being read just now. Try again in a few seconds."),
    "no_room": _(
        "The picture could not be stored: there is no room where pictures are kept, or it cannot be"
        " reached. Nothing was kept of it. Tell whoever looks after the site, and try again."
    ),
}


def refusal(code: str, **figures: Any) -> ValidationError:
    """A ValidationError with this code and its message."""
    return ValidationError(gettext(MESSAGES[code]) % figures, code=code)
