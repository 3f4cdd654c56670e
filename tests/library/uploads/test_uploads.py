"""Taking pictures in: what is let in, what is refused, and what comes out."""

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles.desk import roles
from articles.library.pictures.decoding import upload_checks
from articles.library.pictures.renditions import all_renditions, renditions
from articles.library.uploads.examine import examine
from articles.library.uploads.store import make_missing_renditions, store_picture
from articles.models import Photo
from tests.builders import make_user
from tests.library.pictures.files import XMP, bomb, image_file, picture_file, with_iptc

pytestmark = pytest.mark.django_db


def taken_in(file, **fields):
    """A stored photo made from a file."""
    photo = Photo(slug=fields.pop("slug", "street"), **fields)
    store_picture(photo, file)
    photo.save()
    return photo


def shown(photo, shape="whole"):
    """The largest rendition as it lies in storage."""
    with default_storage.open(renditions(photo.as_picture(), shape)[-1].name) as file:
        image = Image.open(io.BytesIO(file.read()))
        image.load()
    return image


def colour(photo, at=(5, 5)):
    return shown(photo).convert("RGB").getpixel(at)


def test_every_rendition_that_pages_name_is_there_in_its_size():
    photo = taken_in(picture_file(size=(2000, 1500)))

    for name, (_shape, rendition) in all_renditions(photo.as_picture()).items():
        with default_storage.open(name) as file:
            assert Image.open(file).size == (rendition.width, rendition.height)


def test_a_picture_is_never_scaled_up():
    photo = taken_in(picture_file(size=(300, 200)))

    widths = [each.width for _shape, each in all_renditions(photo.as_picture()).values()]
    assert max(widths) == 300
    assert (photo.width, photo.height) == (300, 200)


def test_the_original_is_kept_as_it_came_and_has_no_address():
    file = picture_file()
    photo = taken_in(file)

    file.seek(0)
    assert photo.file.open().read() == file.read()
    assert not default_storage.exists(photo.file.name)
    with pytest.raises(ValueError, match="no URL"):
        photo.file.url  # noqa: B018


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (bomb(), "million pixels"),
        (bomb(12_000, 8_000), "million pixels"),
        (bomb(1_000, 1_000), "damaged"),
        (picture_file(size=(900, 100)), "strip"),
        (SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "SVG"),
        (SimpleUploadedFile("a.jpg", b"<html><script>x()</script>"), "not a picture"),
        (SimpleUploadedFile("a.heic", b"\x00\x00\x00\x18ftypheic" + bytes(40)), "HEIC"),
        (SimpleUploadedFile("a.jpg", b""), "empty"),
        (SimpleUploadedFile("a.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n"), "not a picture"),
        (picture_file("a.bmp"), "not a picture"),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_what_is_no_usable_picture_is_refused_in_words(file, said):
    with pytest.raises(ValidationError, match=said):
        examine(file)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.gif", "a.tif"])
def test_half_a_file_is_refused(name):
    data = image_file(
        Image.effect_noise((400, 300), 60).convert("RGB"),
        name,
        {"jpg": "JPEG", "tif": "TIFF"}.get(name[2:], name[2:].upper()),
    ).read()

    with pytest.raises(ValidationError, match=r"damaged|not a picture"):
        examine(SimpleUploadedFile(name, data[: len(data) // 2]))


def test_a_file_that_is_too_large_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(upload_checks, "MAX_BYTES", 1000)

    with pytest.raises(ValidationError, match="larger than"):
        examine(SimpleUploadedFile("a.jpg", bytes(5000)))


def test_a_jpeg_of_a_thousand_scans_is_refused():
    data = picture_file(progressive=True).read()
    scan = data.rindex(b"\xff\xda")
    data = data[:-2] + data[scan:-2] * 1000 + data[-2:]

    with pytest.raises(ValidationError, match="unusual"):
        examine(SimpleUploadedFile("a.jpg", data))


def test_a_picture_is_turned_as_the_camera_says():
    image = Image.new("RGB", (600, 400), "blue")
    image.paste("red", (0, 0, 300, 400))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright: the left of the file is the top

    photo = taken_in(image_file(image, exif=exif, quality=95))

    assert (photo.width, photo.height) == (400, 600)
    assert shown(photo).size == (400, 600)
    assert colour(photo, (200, 50))[0] > 200
    assert colour(photo, (200, 550))[2] > 200


def test_a_picture_for_print_gets_the_colours_of_a_screen():
    red, green, blue = colour(taken_in(picture_file(mode="CMYK", colour=(0, 255, 255, 0))))

    assert red > 180
    assert max(green, blue) < 80


def test_a_deep_grey_is_scaled_and_not_cut_off():
    photo = taken_in(image_file(Image.new("I;16", (300, 200), 0x8000), "deep.png", "PNG"))

    assert 120 < colour(photo)[0] < 136


def test_what_is_transparent_lies_on_white():
    photo = taken_in(picture_file("logo.png", mode="RGBA", colour=(0, 0, 0, 0)))

    assert min(colour(photo)) > 250


def test_the_first_frame_of_a_moving_picture_is_shown():
    frames = [Image.new("RGB", (300, 200), name) for name in ("red", "blue")]
    file = image_file(frames[0], "a.gif", "GIF", save_all=True, append_images=frames[1:])

    photo = taken_in(file)

    assert colour(photo)[0] > 200
    assert getattr(shown(photo), "n_frames", 1) == 1


def test_a_profile_that_is_nonsense_is_passed_over():
    assert taken_in(picture_file(icc_profile=b"nonsense" * 50)).width == 600


def test_nothing_of_place_or_camera_is_left_in_what_is_served():
    exif = Image.Exif()
    exif[0x0110] = "Camera of the source"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (36.0, 12.0, 0.0)
    file = picture_file(exif=exif, comment=b"secret words", xmp=XMP.encode())
    photo = taken_in(file)

    for name in all_renditions(photo.as_picture()):
        with default_storage.open(name) as stored:
            data = stored.read()
        exif = Image.open(io.BytesIO(data)).getexif()
        assert set(exif) == {0x013B}  # whom to credit
        assert not exif.get_ifd(0x8825)
        for word in (b"ICCP", b"secret", b"Camera", b"GPS"):
            assert word not in data


def test_the_words_in_a_file_fill_the_empty_fields_only():
    photo = Photo(slug="street", caption="Our own words.")

    filled = store_picture(photo, picture_file(xmp=XMP.encode()))

    assert photo.caption == "Our own words."
    assert photo.credit == "Anna Brown/PA Images"
    assert photo.alt == "Broken houses."
    assert photo.taken_at.isoformat() == "2016-12-13T08:15:00+00:00"
    assert photo.agency == "PA Images"
    assert set(filled) == {"credit", "agency", "alt", "taken_at"}


def test_iptc_is_read_and_nul_is_taken_out():
    file = with_iptc(
        caption="Café\x00 in the\x1b[31m rain".encode(), byline=b"Anna Brown", date=b"20161213"
    )

    photo = taken_in(file)

    assert photo.caption == "Café in the [31m rain"
    assert photo.credit == "Anna Brown"
    assert photo.taken_at.date().isoformat() == "2016-12-13"


def test_a_copyright_notice_serves_as_the_credit_when_there_is_no_other():
    photo = taken_in(with_iptc(copyright="© 2016 PA Images".encode()))

    assert (photo.credit, photo.rights_note) == ("PA Images", "© 2016 PA Images")


@pytest.mark.parametrize(
    "xmp",
    [
        b"<not closed",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
        b"\x00" * 1000,
        XMP.replace("PA Images", "P" * 40_000).encode(),
        XMP.replace("2016-12-13T10:15:00+02:00", "0000-99-99").encode(),
    ],
)
def test_hostile_words_do_no_harm(xmp):
    photo = taken_in(picture_file(xmp=xmp))

    assert len(photo.credit) <= 200


def test_a_name_made_to_mislead_is_not_used():
    photo = taken_in(SimpleUploadedFile("../../x.php\x00.jpg", picture_file().read()))

    assert photo.file.name == f"{photo.token}/street.jpg"


def test_the_same_file_again_stores_nothing():
    photo = taken_in(picture_file())
    again = Photo(pk=photo.pk, slug=photo.slug)

    store_picture(again, picture_file())

    assert (again.token, again.file.name) == (photo.token, photo.file.name)


def test_another_file_for_a_photo_leaves_the_old_one_to_published_pages():
    photo = taken_in(picture_file())
    before = photo.as_picture()

    store_picture(photo, picture_file(colour="maroon"))

    assert photo.token != before["token"]
    assert all(default_storage.exists(name) for name in all_renditions(before))


def test_a_moved_focal_point_makes_new_crops_and_keeps_the_old():
    photo = taken_in(picture_file(size=(400, 600)))
    before = renditions(photo.as_picture(), "3x2")
    photo.focus_y = 10

    make_missing_renditions(photo)

    after = renditions(photo.as_picture(), "3x2")
    assert {each.name for each in before}.isdisjoint(each.name for each in after)
    assert all(default_storage.exists(each.name) for each in before + after)


def test_a_crop_keeps_the_focal_point_in_sight():
    image = Image.new("RGB", (400, 1200), "white")
    image.paste("red", (0, 0, 400, 250))

    photo = taken_in(image_file(image, quality=95), focus_y=5)

    assert shown(photo, "3x2").convert("RGB").getpixel((200, 100))[1] < 60


def test_who_may_not_add_pictures_is_refused_below_the_screens():
    nobody = make_user(role=None)
    reporter = make_user(roles.REPORTER)

    with pytest.raises(PermissionDenied):
        store_picture(Photo(slug="street"), picture_file(), by=nobody)
    photo = Photo(slug="street")
    store_picture(photo, picture_file(), by=reporter)
    assert photo.added_by == reporter
