"""The colours of any file as a web page shows them: eight bits, opaque, sRGB."""

import io
from typing import Any

from PIL import Image, ImageCms

SRGB = ImageCms.createProfile("sRGB")
MAX_PROFILE_BYTES = 4 * 1024 * 1024
SCREEN_GAMMA = 0.45455
OPAQUE_MODES = {"L", "RGB", "CMYK", "LAB"}


def grey_range(image: Image.Image) -> tuple[float, float]:
    """The values of black and white in a deep grey: 16 bits, or the picture's own extremes."""
    if image.mode not in {"I", "F"}:
        return 0, 65535
    extremes: Any = image.getextrema()
    low, high = extremes
    return (0, 65535) if low >= 0 and 255 < high <= 65535 else (low, high)


def to_eight_bits(image: Image.Image, levels: tuple[float, float]) -> Image.Image:
    """The picture with eight bits a channel, opaque. `levels` are those of `grey_range`."""
    if image.mode.startswith("I") or image.mode == "F":
        return scale_grey(image, *levels)
    if image.mode == "1":
        return image.convert("L")
    grey = is_grey(image)
    if has_transparency(image):
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image.convert("RGBA"))
        image = paper
    elif image.mode in OPAQUE_MODES:
        return image
    image = image.convert("RGB")
    return image.convert("L") if grey else image


def is_grey(image: Image.Image) -> bool:
    """Whether a picture has only greys, by its mode or palette; its profile may then be grey."""
    if image.mode in {"P", "PA"}:
        palette = image.getpalette("RGB") or []
        return palette[::3] == palette[1::3] == palette[2::3]
    return image.mode in {"L", "LA", "La"}


def has_transparency(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "RGBa", "LA", "La", "PA"} or "transparency" in image.info


def scale_grey(image: Image.Image, low: float, high: float) -> Image.Image:
    """Scaled to eight bits, where Pillow's own conversion would clip."""
    scale = 255 / (high - low) if high > low else 0
    return image.convert("F").point(lambda value: value * scale + -low * scale).convert("L")


def to_srgb(image: Image.Image, info: dict[Any, Any]) -> Image.Image:
    """RGB as browsers show it. A profile that does not fit the picture is ignored."""
    if image.mode == "LAB":
        return convert_profile(image, ImageCms.createProfile("LAB"))
    profile = info.get("icc_profile") or b""
    if profile and len(profile) <= MAX_PROFILE_BYTES:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            # The colour space, not the description, says what the profile is for.
            space = source.profile.xcolor_space.strip()
            fitting = image.convert("RGB") if (image.mode, space) == ("L", "RGB") else image
            return convert_profile(fitting, source)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return image.convert("RGB")


def convert_profile(image: Image.Image, source: Any) -> Any:
    return ImageCms.profileToProfile(image, source, SRGB, outputMode="RGB")


def apply_gamma(image: Image.Image, info: dict[Any, Any]) -> Image.Image:
    """Convert the gamma of a PNG without a profile to sRGB's curve."""
    gamma = info.get("gamma") or 0
    if {"icc_profile", "srgb"} & info.keys() or not 0.1 <= gamma <= 1.5:
        return image
    return image if abs(gamma - SCREEN_GAMMA) < 0.01 else image.point(gamma_table(gamma))


def gamma_table(gamma: float) -> list[int]:
    """A table for `Image.point` from this gamma to sRGB's curve, for three channels."""
    linear = [(value / 255) ** (1 / gamma) for value in range(256)]
    encoded = [12.92 * y if y <= 0.0031308 else 1.055 * y ** (1 / 2.4) - 0.055 for y in linear]
    return [round(255 * y) for y in encoded] * 3
