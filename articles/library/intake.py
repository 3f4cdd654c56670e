"""Taking pictures in: from an uploaded file to a photo whose renditions can be shown.

picture = examine(file)           # refuses, decodes once, reads the words in the file
filled = take_in(photo, picture)  # stores the original and the renditions, fills the fields
photo.save()
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image

from .develop import develop, turned_size
from .encode import encoded, formats_made
from .guard import open_picture
from .metadata import said_in, words_of
from .photo import Photo, new_token
from .renditions import SERIES, SHAPES, all_renditions, crop_box, cropped_size

OF_THE_FILE = ("file", "token", "width", "height", "content_hash", "formats", "series")
"""The fields that taking a file in writes, beside those that the file's words fill."""


@dataclass
class Picture:
    """A file that has been let in and decoded; `width` and `height` are those of the whole."""

    image: Image.Image
    width: int
    height: int
    data: bytes
    content_hash: str
    suffix: str
    words: dict = field(default_factory=dict)


def examine(file):
    """Look at an uploaded file: let it in, decode it, read its words. Stores nothing.

    `file` is a Django File, or anything with `read` and `seek`. Raises ValidationError.
    """
    opened = open_picture(file)
    width, height = turned_size(opened.image)
    words = words_of(said_in(opened.image))
    return Picture(
        image=develop(opened.image, working_size(width, height)),
        width=width,
        height=height,
        data=opened.data,
        content_hash=opened.content_hash,
        suffix=opened.suffix,
        words=words,
    )


def take_in(photo, file, *, by=None):
    """Make a photo ready to be shown from a file (or a Picture that `examine` gave).

    Stores the original and the renditions, and fills the photo's fields; the caller saves it.
    Words that the file brings fill empty fields only. The same file for the same photo again
    stores nothing. Returns the names of the fields that the file's words filled. `by=None` is a
    command. Raises ValidationError for a file that cannot be used, and PermissionDenied.
    """
    refuse_unless_allowed(photo, by)
    picture = file if isinstance(file, Picture) else examine(file)
    stored = Photo.objects.filter(pk=photo.pk).first() if photo.pk else None
    if stored and stored.content_hash == picture.content_hash and original_is_there(stored):
        photo.token, photo.file = stored.token, stored.file.name
    else:
        if stored and stored.token == photo.token:
            # Pages already published show the old picture: the new one gets a folder of its own.
            photo.token = new_token()
        photo.file.save(f"original.{picture.suffix}", ContentFile(picture.data), save=False)
    photo.width, photo.height = picture.width, picture.height
    photo.content_hash = picture.content_hash
    if by is not None and photo._state.adding:
        photo.added_by = by
    make_renditions(photo, picture.image)
    return fill(photo, picture.words)


def remake(photo, *, by=None):
    """Make the renditions that a stored photo lacks, from its original, and save what they are.

    It lacks some after its focal point moved, and when it was taken in before there was a format or
    a width. Renditions of an earlier focal point stay, for the editions that show them. Returns
    whether there was anything to make.
    """
    refuse_unless_allowed(photo, by)
    if is_complete(photo):
        return False
    with photo.file.open("rb") as file:
        image = examine(file).image
    make_renditions(photo, image)
    photo.save(update_fields=["formats", "series"])
    return True


def is_complete(photo):
    """Whether every rendition of a photo is in storage, in every format and width made here now."""
    names = all_renditions(photo.as_picture())
    made = photo.formats.split(), photo.series
    return made == (formats_made(), SERIES) and all(map(default_storage.exists, names))


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


def working_size(width, height):
    """The least size that still holds every rendition of a picture, in pixels."""
    scale = max(
        min(1, max(shape.widths + shape.jpeg) / cropped_size(name, width, height)[0])
        for name, shape in SHAPES.items()
    )
    return max(1, round(width * scale)), max(1, round(height * scale))


def make_renditions(photo, image):
    """Write those renditions of the photo that are not in storage yet, and note which it has."""
    photo.formats, photo.series = " ".join(formats_made()), SERIES
    picture = photo.as_picture()
    missing = {
        name: wanted
        for name, wanted in all_renditions(picture).items()
        if not default_storage.exists(name)
    }
    # Pillow lets go of the interpreter while it encodes, so that two files are made at a time.
    with ThreadPoolExecutor(max_workers=2) as pool:
        made = [
            (rendition.name, pool.submit(encoded, cut, rendition))
            for rendition, cut in cuts(image, picture, missing)
        ]
        for name, data in made:
            default_storage.save(name, ContentFile(data.result()))


def cuts(image, picture, missing):
    """The missing files as (rendition, image), in each shape scaled from the next larger one."""
    scale = image.width / picture["width"]
    for shape in sorted({shape for shape, _rendition in missing.values()}):
        larger = image
        left, top, right, bottom = (edge * scale for edge in crop_box(shape, picture))
        box = left, top, min(right, image.width), min(bottom, image.height)
        files = [each for kind, each in missing.values() if kind == shape]
        for size in sorted({(each.width, each.height) for each in files}, reverse=True):
            larger = larger.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
            box = (0, 0, *size)
            yield from ((each, larger) for each in files if (each.width, each.height) == size)
