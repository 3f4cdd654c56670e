"""Colours, as a reader's screen shows them."""

import base64
import io

import pytest
from PIL import Image, ImageCms
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from articles.library.pictures import worker
from articles.library.uploads.examine import examine

from .files import image_file, linear_grey_profile, linear_profile, picture_file, with_chunks

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def colour(file):
    """The colour of the largest JPEG among the renditions, near its upper left."""
    made = worker.read(file, token="t", focus_x=50, focus_y=50)["files"]
    largest = max((data for name, data in made.items() if name.endswith("jpg")), key=len)
    return Image.open(io.BytesIO(base64.b64decode(largest))).convert("RGB").getpixel((50, 50))


def about(wanted, near=3):
    return pytest.approx(wanted, abs=near)


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp", "a.tif"])
def test_a_linear_profile_that_calls_itself_srgb_is_believed_by_its_curves(name):
    best = {"a.jpg": {"quality": 100, "subsampling": 0}, "a.webp": {"lossless": True}}.get(name, {})

    file = picture_file(name, colour=(128, 60, 60), icc_profile=linear_profile(), **best)

    assert colour(file) == about((188, 133, 133))


def test_a_profile_that_is_srgb_changes_nothing():
    assert colour(picture_file("a.png", colour=(128, 60, 61), icc_profile=SRGB)) == about(
        (128, 60, 61), 1
    )


def test_a_grey_picture_may_have_the_profile_of_a_screen():
    file = picture_file("a.png", mode="L", colour=60, icc_profile=linear_profile())

    assert colour(file) == about((133, 133, 133))


def of_greys(*colours):
    image = Image.new("P", (200, 200), 1)
    image.putpalette([0, 0, 0, *colours])
    return image


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
@pytest.mark.parametrize("mode", ["L", "LA", "P"])
def test_a_profile_of_greys_is_believed_by_every_picture_of_greys(mode, kind):
    greys = Image.new("LA" if mode == "LA" else "L", (200, 200), (60, 255) if mode == "LA" else 60)
    image = of_greys(60, 60, 60) if mode == "P" else greys
    profile = {"icc_profile": linear_grey_profile()}

    assert colour(image_file(image, format=kind, **profile)) == about((133, 133, 133))
    if kind == "PNG" and mode != "LA":
        file = image_file(image, format=kind, transparency=0, **profile)
        assert colour(file) == about((133, 133, 133))


def test_a_large_grey_picture_with_transparency_has_its_profile_too():
    image = Image.new("LA", (9000, 3000), (60, 255))

    file = image_file(image, format="PNG", icc_profile=linear_grey_profile(), compress_level=1)

    assert colour(file) == about((133, 133, 133))


def test_what_is_transparent_in_a_grey_picture_lies_on_white():
    profile, white = {"icc_profile": linear_grey_profile()}, about((255, 255, 255))
    seen_through, plain = Image.new("LA", (200, 200), (60, 0)), Image.new("L", (200, 200), 60)

    assert colour(image_file(seen_through, format="PNG", **profile)) == white
    assert colour(image_file(plain, format="PNG", transparency=60, **profile)) == white


def test_a_profile_of_greys_is_passed_over_by_a_palette_of_colours():
    file = image_file(of_greys(60, 60, 61), format="PNG", icc_profile=linear_grey_profile())

    assert colour(file) == about((60, 60, 61))


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK", "RGBA", "P"])
def test_a_profile_that_is_for_other_colours_is_passed_over(mode):
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()

    assert colour(picture_file("a.tif", mode=mode, colour=0, icc_profile=lab))


def test_a_png_that_says_its_gamma_is_shown_by_it():
    file = with_chunks((b"gAMA", (100_000).to_bytes(4)))
    plain = colour(picture_file("street.png"))

    assert colour(file)[1] == about(188)
    assert colour(with_chunks((b"gAMA", (45_455).to_bytes(4)))) == plain
    assert colour(with_chunks((b"sRGB", b"\x00"), (b"gAMA", (100_000).to_bytes(4)))) == plain
    assert colour(with_chunks((b"gAMA", bytes(4)))) == plain


def test_an_inverted_jpeg_of_a_print_shop_is_turned_round():
    data = io.BytesIO()
    Image.new("CMYK", (200, 200), (0, 255, 255, 0)).save(data, "JPEG", quality=95)
    assert b"Adobe" in data.getvalue()

    red, green, blue = colour(data)

    assert red > 200
    assert max(green, blue) < 60


def test_what_is_transparent_in_a_palette_lies_on_white():
    image = Image.new("P", (200, 200), 1)
    image.putpalette([255, 0, 0, 0, 0, 255])

    assert colour(image_file(image, "a.png", "PNG", transparency=1)) == about((255, 255, 255))
    assert colour(image_file(image, "a.gif", "GIF", transparency=1)) == about((255, 255, 255))
    assert colour(image_file(image, "a.png", "PNG")) == about((0, 0, 255))


@pytest.mark.parametrize(
    ("kind", "turn"), [(3, 0), (3, 9), (4, 65_541), (2, b"6"), (7, b"\x06"), (12, 2.5), (9, -6)]
)
def test_a_turn_that_does_not_exist_is_no_turn(kind, turn):
    tags = ImageFileDirectory_v2()
    tags.tagtype[0x0112], tags[0x0112] = kind, turn
    exif = b"Exif\x00\x00II*\x00\x08\x00\x00\x00" + tags.tobytes(8)

    picture = examine(picture_file(exif=exif))

    assert (picture.width, picture.height) == (600, 400)
