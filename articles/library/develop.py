"""Developing: from a file as it came to pixels fit for a page.

Turned as the camera says, sRGB, eight bits, without transparency; the first frame of several.
"""

import io

from PIL import Image, ImageCms, ImageOps

from .guard import damaged

SRGB = ImageCms.createProfile("sRGB")
LARGEST_PROFILE = 4 * 1024 * 1024
TURNED = {5, 6, 7, 8}  # EXIF orientations in which width and height change places
ORIENTATION = 0x0112
USUAL_GAMMA = 0.45455


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


def develop(image, wanted):
    """The picture as RGB, about `wanted` (width, height) or larger but never scaled up.

    Decodes the whole file. Raises ValidationError when it is damaged or cut short.
    """
    turn = orientation(image)
    if turn in TURNED:
        wanted = wanted[1], wanted[0]
    profile = image.info.get("icc_profile") or b""
    try:
        image.draft(None, wanted)
        image.load()
        gamma = gamma_of(image)
        image = smaller(eight_bits(image), wanted)
        image = to_srgb(image, profile)
        image = image.point(brighter(gamma)) if gamma else image
        return turned(image, turn)
    except Exception:  # what a reader raises on hostile data is not to be foreseen
        raise damaged() from None


def eight_bits(image):
    """The same picture with eight bits a channel, opaque; deeper greys are scaled, not cut off."""
    if image.mode.startswith("I") or image.mode == "F":
        return scaled_grey(image)
    if image.mode == "1":
        return image.convert("L")
    if has_transparency(image):
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image)
        return paper.convert("RGB")
    return image if image.mode in {"L", "RGB", "CMYK", "LAB"} else image.convert("RGB")


def has_transparency(image):
    return image.mode in {"RGBA", "RGBa", "LA", "La", "PA"} or "transparency" in image.info


def scaled_grey(image):
    """Sixteen bits as written; whole numbers and fractions beyond that by their own range."""
    sixteen = image.mode.startswith("I;16")
    image = image.convert("F")
    low, high = image.getextrema()
    if sixteen or (low >= 0 and 255 < high <= 65535):
        low, high = 0, 65535
    scale = 255 / (high - low) if high > low else 0
    return image.point(lambda value: value * scale + -low * scale).convert("L")


def smaller(image, wanted):
    """Scaled down to just hold `wanted`, which leaves less to convert and cut."""
    scale = max(wanted[0] / image.width, wanted[1] / image.height)
    if scale >= 1:
        return image
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


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
