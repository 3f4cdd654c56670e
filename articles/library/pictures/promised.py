"""Pictures that pages may name before their renditions are made."""

from django.core.files import File
from PIL import Image

from .encode import formats_for
from .normalise import turned_size
from .renditions import SERIES


def take_original(photo, path, content_hash):
    """Store a file as it is, and promise its renditions, which `make_renditions` makes.

    The file is not decoded, so that only its head has been looked at: for those that come with this
    project. Fills the photo's fields; the caller saves it. Raises OSError for what is no picture.
    """
    with Image.open(path) as image:
        photo.width, photo.height = turned_size(image)
    with path.open("rb") as file:
        photo.file.save(f"original{path.suffix.lower()}", File(file), save=False)
    photo.content_hash = content_hash
    photo.formats, photo.series = " ".join(formats_for(photo.width, photo.height)), SERIES
