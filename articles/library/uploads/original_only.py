"""Photos whose renditions are made later."""

from pathlib import Path

from django.core.files import File
from PIL import Image

from ..photo import Photo
from ..pictures.decoding.normalise import upright_size
from ..pictures.decoding.upload_checks import SUFFIXES
from ..pictures.encode import formats_for
from ..pictures.renditions import SERIES


def store_original(photo: Photo, path: Path, content_hash: str) -> None:
    """Store a file as it is, and name the renditions that `make_renditions` is to make.

    For trusted fixtures only: the file is not decoded, but its header is read in this process.
    Fills the photo's fields; the caller saves it. Raises OSError for what is no picture.
    """
    with Image.open(path, formats=[*SUFFIXES]) as image:
        photo.width, photo.height = upright_size(image)
    with path.open("rb") as file:
        photo.file.save(f"original{path.suffix.lower()}", File(file), save=False)
    photo.content_hash = content_hash
    photo.formats, photo.series = " ".join(formats_for(photo.width, photo.height)), SERIES
