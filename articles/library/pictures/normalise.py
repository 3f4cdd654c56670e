"""Developing: from a file as it came to pixels fit for a page.

Turned as the camera says, sRGB, eight bits, without transparency; the first frame of several.
"""

import io

from PIL import Image, ImageCms, ImageOps

from .upload_checks import Refused

SRGB = ImageCms.createProfile("sRGB")
LARGEST_PROFILE = 4 * 1024 * 1024
TURNED = {5, 6, 7, 8}  # EXIF orientations in which width and height change places
ORIENTATION = 0x0112
USUAL_GAMMA = 0.45455
PLAIN = {"L", "RGB", "CMYK", "LAB"}
BAND = 1_000_000  # pixels of a band
SPACIOUS = 12_000_000  # pixels of a picture that is large


def turned_size(image):
    """Width and height in pixels as the picture is to be looked at."""
    width, height = image.size
    return (height, width) if orientation(image) in TURNED else (width, height)


def orientation(image):
    try:
        turn = image.getexif().get(ORIENTATION, 1)
    except Exception:  # hostile EXIF is no reason to refuse a picture
        return 1
    return turn if turn in range(1, 9) else 1


def lying(image, wanted):
    """A size as it is in the file."""
    return (wanted[1], wanted[0]) if orientation(image) in TURNED else wanted


def develop(image, wanted):
    """The picture as RGB, about `wanted` (width, height) or larger but never scaled up.

    Decodes the whole file, and lets go of it. Raises Refused when it is damaged or cut short.
    """
    turn, wanted = orientation(image), lying(image, wanted)
    profile, gamma = image.info.get("icc_profile") or b"", gamma_of(image)
    try:
        image.load()
        small = opaque(image, wanted)
        let_go(image)
        small = to_srgb(smaller(small, wanted), profile)
        return turned(small.point(brighter(gamma)) if gamma else small, turn)
    except MemoryError:
        raise
    except Exception:  # what a reader raises on hostile data is not to be foreseen
        raise Refused("damaged") from None


def let_go(image):
    """Free the memory of a decoded picture, and the canvases of the library that read it."""
    image.close()
    vars(image).pop("_decoder", None)


def factor_of(image, wanted):
    """By what whole number the picture can be made smaller before it is scaled.

    The larger the picture, the nearer to what is wanted: there is no room for two.
    """
    times = min(image.width / wanted[0], image.height / wanted[1])
    return max(1, int(times / (1.2 if image.width * image.height > SPACIOUS else 3)))


def kept_size(image, wanted):
    """The pixels of `opaque(image, wanted)`."""
    factor = factor_of(image, wanted)
    return -(-image.width // factor) * -(-image.height // factor)


def opaque(image, wanted):
    """The picture with eight bits a channel, without transparency, made smaller if it is large.

    Band by band: at no time is there a second picture of the whole size.
    """
    factor = factor_of(image, wanted)
    if factor == 1 and image.mode in PLAIN and not has_transparency(image):
        return image.copy()
    small, between = None, extremes(image)
    rows = max(1, BAND // (image.width * factor)) * factor
    for top in range(0, image.height, rows):
        band = image.crop((0, top, image.width, min(top + rows, image.height)))
        band = eight_bits(band, between)
        band = band.reduce(factor) if factor > 1 else band
        if small is None:
            small = Image.new(band.mode, (-(-image.width // factor), -(-image.height // factor)))
        small.paste(band, (0, top // factor))
    return small


def extremes(image):
    """What is black and what is white in deep greys: as sixteen bits are, or by their own range."""
    if image.mode not in {"I", "F"}:
        return 0, 65535
    low, high = image.getextrema()
    return (0, 65535) if low >= 0 and 255 < high <= 65535 else (low, high)


def eight_bits(image, between):
    """The same picture with eight bits a channel, opaque; deeper greys are scaled, not cut off."""
    if image.mode.startswith("I") or image.mode == "F":
        return scaled_grey(image, *between)
    if image.mode == "1":
        return image.convert("L")
    grey = is_grey(image)
    if has_transparency(image):
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image)
        image = paper
    elif image.mode in PLAIN:
        return image
    return image.convert("RGB").convert("L") if grey else image.convert("RGB")


def is_grey(image):
    """Whether a picture has greys alone, by its mode or its palette: their profile may be one of
    greys."""
    if image.mode in {"P", "PA"}:
        palette = image.getpalette("RGB")
        return palette[::3] == palette[1::3] == palette[2::3]
    return image.mode in {"L", "LA", "La"}


def has_transparency(image):
    return image.mode in {"RGBA", "RGBa", "LA", "La", "PA"} or "transparency" in image.info


def scaled_grey(image, low, high):
    scale = 255 / (high - low) if high > low else 0
    return image.convert("F").point(lambda value: value * scale + -low * scale).convert("L")


def smaller(image, wanted):
    """Scaled down to just hold `wanted`, which leaves less to convert and cut."""
    scale = max(wanted[0] / image.width, wanted[1] / image.height)
    if scale >= 1:
        return image
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image.resize(size, Image.Resampling.LANCZOS)


def to_srgb(image, profile):
    """RGB as browsers show it. A profile that does not fit the picture is passed over."""
    if image.mode == "LAB":
        return converted(image, ImageCms.createProfile("LAB"))
    if profile and len(profile) <= LARGEST_PROFILE:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            # What a profile is called says nothing of what it does.
            return converted(fitting(image, source.profile.xcolor_space.strip()), source)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return image.convert("RGB")


def gamma_of(image):
    """What a PNG says of its curve, where it says so of no profile; 0 for that of a screen."""
    said = image.info.get("gamma") or 0
    if {"icc_profile", "srgb"} & image.info.keys() or not 0.1 <= said <= 1.5:
        return 0
    return 0 if abs(said - USUAL_GAMMA) < 0.01 else said


def brighter(gamma):
    """A table of values for `Image.point`, for all three colours: from this gamma to sRGB's."""
    light = [(value / 255) ** (1 / gamma) for value in range(256)]
    shown = [
        12.92 * each if each <= 0.0031308 else 1.055 * each ** (1 / 2.4) - 0.055 for each in light
    ]
    return [round(255 * each) for each in shown] * 3


def fitting(image, space):
    """The picture in the colours that a profile is for: a grey one may have those of a screen."""
    return image.convert("RGB") if (image.mode, space) == ("L", "RGB") else image


def converted(image, source):
    return ImageCms.profileToProfile(image, source, SRGB, outputMode="RGB")


def turned(image, turn):
    """The picture upright. Nothing of what the file says beside its pixels is kept."""
    exif = Image.Exif()
    exif[ORIENTATION] = turn
    image.info = {"exif": exif.tobytes()}
    image = ImageOps.exif_transpose(image)
    image.info = {}
    return image
