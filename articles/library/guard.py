"""The guard: what is let in as a picture, decided before anything is decoded.

A refusal is a ValidationError in words for the editor who sent the file.
"""

import hashlib
import io
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from .jpeg import scans_of

# Pillow's names of the formats let in → the suffix the original is kept under.
FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "TIFF": "tif"}

MOST_BYTES = 50 * 1024 * 1024
MOST_PIXELS = 80_000_000
MOST_RATIO = 8  # a longer strip would be too tall for WebP at the widths that pages show
MOST_SCANS = 40  # a progressive JPEG has about ten; each costs a pass over the whole picture


@dataclass
class Opened:
    """A file that has passed the guard and is not decoded yet."""

    image: Image.Image
    data: bytes
    suffix: str

    @property
    def content_hash(self):
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def open_picture(file):
    """Let a file in, or raise ValidationError. Nothing is decoded here.

    `file` is a Django File, or anything with `read` and `seek`.
    """
    data = read_bounded(file)
    try:
        image = Image.open(io.BytesIO(data), formats=[*FORMATS])
    except Image.DecompressionBombError:
        raise too_many_pixels() from None
    except UnidentifiedImageError:
        raise unknown_kind(data) from None
    except Exception:  # a hostile header can make a reader fail in any way
        raise damaged() from None
    refuse_size(*image.size)
    if data.startswith(b"\xff\xd8") and scans_of(data) > MOST_SCANS:
        raise ValidationError(
            _("This JPEG is built in an unusual way. Save it again in a picture editor."),
            code="scans",
        )
    # Some cameras put a second picture behind the JPEG, which is then read as MPO.
    return Opened(image=image, data=data, suffix=FORMATS.get(image.format, "jpg"))


def read_bounded(file):
    """The bytes of a file. Raises ValidationError when there are none, or too many."""
    file.seek(0)
    data = file.read(MOST_BYTES + 1)
    if not data:
        raise ValidationError(_("This file is empty."), code="empty")
    if len(data) > MOST_BYTES:
        raise ValidationError(
            _("This file is larger than %(most)s MB. Save the picture smaller and try again.")
            % {"most": MOST_BYTES // 1024**2},
            code="too_many_bytes",
        )
    return data


def refuse_size(width, height):
    """Raise ValidationError for a picture of a declared size that cannot be used."""
    if not (width and height):
        raise damaged()
    if width * height > MOST_PIXELS:
        raise too_many_pixels()
    if max(width, height) > MOST_RATIO * min(width, height):
        raise ValidationError(
            _("This picture is a strip, %(width)s by %(height)s pixels. Crop it and try again.")
            % {"width": width, "height": height},
            code="strip",
        )


def too_many_pixels():
    return ValidationError(
        _("This picture has more than %(most)s million pixels. Save it smaller and try again.")
        % {"most": MOST_PIXELS // 1_000_000},
        code="too_many_pixels",
    )


def damaged():
    return ValidationError(
        _("This picture is damaged or incomplete. Ask for the file again."), code="damaged"
    )


def unknown_kind(data):
    """The refusal of a file that is no picture we use, naming the likely reason."""
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in start:
        said = _("SVG drawings are not accepted. Export the drawing as PNG.")
    elif data[4:8] == b"ftyp":
        said = _("HEIC and AVIF pictures are not accepted. Export the picture as JPEG.")
    else:
        said = _("This file is not a picture that can be used. Send JPEG, PNG, WebP, GIF or TIFF.")
    return ValidationError(said, code="unknown_kind")
