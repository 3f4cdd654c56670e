"""From an opened file to pixels fit for a page.

Upright by its EXIF orientation, sRGB, eight bits a channel, opaque; the first frame of several.
"""

from PIL import Image, ImageOps

from ..renditions import Size
from .colours import OPAQUE_MODES, apply_gamma, grey_range, has_transparency, to_eight_bits, to_srgb
from .upload_checks import Refused

EXIF_ORIENTATION = 0x0112
SIDEWAYS = {5, 6, 7, 8}  # orientations in which width and height change places
BAND_PIXELS = 1_000_000
LARGE_PICTURE_PIXELS = 12_000_000


def upright_size(image: Image.Image) -> Size:
    """Width and height in pixels when the picture is upright."""
    return size_in_file(image, image.size)


def size_in_file(image: Image.Image, size: Size) -> Size:
    """An upright size as it is in the file, or the reverse."""
    return size[::-1] if orientation(image) in SIDEWAYS else size


def orientation(image: Image.Image) -> int:
    try:
        value = image.getexif().get(EXIF_ORIENTATION, 1)
    except Exception:  # hostile EXIF is no reason to refuse a picture
        return 1
    return value if value in range(1, 9) else 1


def normalise(image: Image.Image, size: Size) -> Image.Image:
    """The picture as RGB, of about this upright size or larger, but never scaled up.

    Decodes the whole file, then frees the decoded image. Raises Refused for a damaged file.
    """
    turn, info = orientation(image), dict(image.info)
    size = size_in_file(image, size)
    try:
        image.load()
        reduced = reduce_opaque(image, size)
        free(image)
        return upright(apply_gamma(to_srgb(downscale(reduced, size), info), info), turn)
    except MemoryError:
        raise
    except Exception:  # hostile data can make a decoder fail in any way
        raise Refused("damaged") from None


def free(image: Image.Image) -> None:
    """Free the memory of a decoded picture and of its decoder."""
    image.close()
    vars(image).pop("_decoder", None)


def reduction_factor(image: Image.Image, size: Size) -> int:
    """The whole number by which to reduce the picture before it is resampled.

    A large one is reduced nearer to the size: there is no memory for two.
    """
    times = min(image.width / size[0], image.height / size[1])
    is_large = image.width * image.height > LARGE_PICTURE_PIXELS
    return max(1, int(times / (1.2 if is_large else 3)))


def reduced_size(image: Image.Image, factor: int) -> Size:
    return -(-image.width // factor), -(-image.height // factor)


def reduced_pixels(image: Image.Image, size: Size) -> int:
    """How many pixels `reduce_opaque(image, size)` has."""
    width, height = reduced_size(image, reduction_factor(image, size))
    return width * height


def reduce_opaque(image: Image.Image, size: Size) -> Image.Image:
    """The picture with eight bits a channel, without transparency, reduced if it is large.

    Band by band: at no time is there a second picture of the whole size.
    """
    factor = reduction_factor(image, size)
    if factor == 1 and image.mode in OPAQUE_MODES and not has_transparency(image):
        return image.copy()
    levels = grey_range(image)
    rows = max(1, BAND_PIXELS // (image.width * factor)) * factor
    for top in range(0, image.height, rows):
        band = image.crop((0, top, image.width, min(top + rows, image.height)))
        band = to_eight_bits(band, levels)
        if top == 0:
            reduced = Image.new(band.mode, reduced_size(image, factor))
        reduced.paste(band.reduce(factor) if factor > 1 else band, (0, top // factor))
    return reduced


def downscale(image: Image.Image, size: Size) -> Image.Image:
    """Resample to just hold `size`: fewer pixels to convert and to crop."""
    scale = max(size[0] / image.width, size[1] / image.height)
    if scale >= 1:
        return image
    smaller = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image.resize(smaller, Image.Resampling.LANCZOS)


def upright(image: Image.Image, turn: int) -> Image.Image:
    """The picture turned by its orientation, without any metadata."""
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = turn
    image.info = {"exif": exif.tobytes()}
    image = ImageOps.exif_transpose(image)
    image.info = {}
    return image
