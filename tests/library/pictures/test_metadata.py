"""The words in picture files, as agencies, cameras and programs write them."""

import io

import pytest
from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from articles.library.pictures.decoding.upload_checks import open_picture
from articles.library.pictures.metadata import read_metadata
from articles.library.pictures.metadata.photo_fields import photo_fields
from articles.library.uploads.examine import examine

from .files import (
    image_file,
    iptc_block,
    photoshop_resource,
    picture_file,
    with_chunks,
    with_iptc,
    with_segments,
    xmp_packet,
)

FORMATS = ["a.jpg", "a.png", "a.webp", "a.tif"]
CAPTION, ARTIST, RIGHTS, MAKE, MODEL, MORE = 0x010E, 0x013B, 0x8298, 0x010F, 0x0110, 0x8769
ASCII, UNDEFINED = 2, 7
UTF_8 = b"\x1b%G"


def words(file):
    """What a photo is told of a file, without the process that else reads it."""
    return photo_fields(read_metadata(open_picture(file).image))


def in_exif(tags, name="a.jpg", more=None):
    """A picture with EXIF; text is written as the bytes of UTF-8."""
    exif = Image.Exif()
    for tag, value in tags.items():
        exif[tag] = value.encode() if isinstance(value, str) else value
    if more:
        exif.get_ifd(MORE).update(more)
    data = exif.tobytes()
    if not name.endswith("tif"):
        return picture_file(name, exif=data)
    # A TIFF's own tags are its EXIF.
    ifd = ImageFileDirectory_v2()
    for tag, value in tags.items():
        ifd.tagtype[tag] = ASCII
        ifd[tag] = value.encode() if isinstance(value, str) else value
    return picture_file(name, tiffinfo=ifd)


def in_xmp(packet, name="a.jpg"):
    data = packet.encode() if isinstance(packet, str) else packet
    if name.endswith("png"):
        return with_chunks((b"iTXt", b"XML:com.adobe.xmp" + bytes(5) + data))
    if name.endswith("tif"):
        ifd = ImageFileDirectory_v2()
        ifd.tagtype[700], ifd[700] = UNDEFINED, data
        return picture_file(name, tiffinfo=ifd)
    return picture_file(name, xmp=data)


def alt(text, language="x-default"):
    return f'<rdf:Alt><rdf:li xml:lang="{language}">{text}</rdf:li></rdf:Alt>'


@pytest.mark.parametrize("name", FORMATS)
def test_a_credit_in_a_second_description_is_read(name):
    packet = xmp_packet(
        f"<dc:description>{alt('A street.')}</dc:description>",
        (
            'photoshop:Credit="PA Images"',
            "<photoshop:DateCreated>2016-12-13</photoshop:DateCreated>",
        ),
    )

    said = words(in_xmp(packet, name))

    assert (said["caption"], said["credit"]) == ("A street.", "PA Images")
    assert said["taken_at"].isoformat() == "2016-12-13T00:00:00+00:00"


def test_an_empty_property_gives_way_to_one_that_says_something():
    packet = xmp_packet(
        ('photoshop:Credit=" "', f"<dc:description>{alt(' ')}</dc:description>"),
        ('photoshop:Credit="PA"', f"<dc:description>{alt('A street.')}</dc:description>"),
    )

    said = words(in_xmp(packet))

    assert (said["caption"], said["credit"]) == ("A street.", "PA")


def test_the_words_of_a_picture_within_the_picture_are_not_its_own():
    inner = '<rdf:Bag><rdf:li><rdf:Description photoshop:Credit="Another"/></rdf:li></rdf:Bag>'
    packet = xmp_packet(f"<xmp:Ingredients>{inner}</xmp:Ingredients>", 'photoshop:Headline=""')

    assert "credit" not in words(in_xmp(packet))


@pytest.mark.parametrize(
    "written",
    [
        "<rdf:Seq><rdf:li>Ian</rdf:li><rdf:li>Anna</rdf:li></rdf:Seq>",
        "<rdf:Bag><rdf:li>Ian</rdf:li><rdf:li> </rdf:li><rdf:li>Anna</rdf:li></rdf:Bag>",
        "Ian, Anna",
        "<rdf:Alt><rdf:li>Ian, Anna</rdf:li></rdf:Alt>",
        "<rdf:Seq><rdf:li><rdf:value>Ian</rdf:value></rdf:li><rdf:li>Anna</rdf:li></rdf:Seq>",
    ],
)
def test_creators_are_read_however_they_are_listed(written):
    assert words(in_xmp(xmp_packet(f"<dc:creator>{written}</dc:creator>")))["credit"] == "Ian, Anna"


def test_of_several_languages_the_default_is_read_or_else_the_first_that_says_something():
    several = (
        '<rdf:Alt><rdf:li xml:lang="fr"></rdf:li><rdf:li xml:lang="de">Straße</rdf:li>{}</rdf:Alt>'
    )
    default = several.format('<rdf:li xml:lang="x-default">Street</rdf:li>')

    for written, said in ((default, "Street"), (several.format(""), "Straße")):
        packet = xmp_packet(f"<dc:description>{written}</dc:description>")
        assert words(in_xmp(packet))["caption"] == said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_xmp_is_read_in_any_encoding_that_it_may_have(encoding):
    packet = xmp_packet(f"<dc:description>{alt('Värld – premiär')}</dc:description>")

    assert words(in_xmp(packet.encode(encoding)))["caption"] == "Värld – premiär"


def test_xmp_that_is_wrong_about_its_encoding_is_read_all_the_same():
    packet = xmp_packet(f"<dc:description>{alt('Värld – premiär')}</dc:description>")

    assert words(in_xmp(packet.encode("cp1252", "ignore")))["caption"] == "Värld – premiär"


@pytest.mark.parametrize(
    "after", [b"junk", b"<x/>", b"\x00\xff\xfe\x80", b" \n\x00\x00tail", b"\xe4"]
)
@pytest.mark.parametrize("name", FORMATS)
def test_xmp_is_read_to_the_end_of_its_packet_and_no_further(name, after):
    packet = xmp_packet(f"<dc:description>{alt('Värld')}</dc:description>").encode() + after

    assert words(in_xmp(packet, name))["caption"] == "Värld"


def test_what_a_jpeg_has_no_room_for_in_one_segment_is_read_too():
    more = xmp_packet(f"<dc:description>{alt('A street.')}</dc:description>").encode()
    half = len(more) // 2
    parts = [
        b"http://ns.adobe.com/xmp/extension/\x00"
        + b"F" * 32
        + len(more).to_bytes(4)
        + at.to_bytes(4)
        + more[at : at + half + 1][: half if at == 0 else None]
        for at in (half, 0)
    ]
    own = b"http://ns.adobe.com/xap/1.0/\x00" + xmp_packet('photoshop:Credit="PA"', "").encode()

    said = words(with_segments((0xE1, own), *((0xE1, part) for part in parts)))

    assert said["caption"] == "A street."


def test_a_bomb_of_entities_is_not_read():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    packet = bomb + xmp_packet(f"<dc:description>{alt('&b;')}</dc:description>")

    assert words(in_xmp(packet)) == {}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_exif_is_utf_8_when_it_can_be_and_else_that_of_windows(name, encoding):
    text = "Teknikens värld i Malmö – premiär"

    said = words(in_exif({CAPTION: text.encode(encoding), ARTIST: "Åsa".encode(encoding)}, name))

    assert (said["caption"], said["credit"]) == (text, "Åsa")


@pytest.mark.parametrize("value", [7, b"", "   ", "\x00\x00", b"\xff\xfe\x00"])
def test_exif_of_a_wrong_type_or_of_nothing_does_no_harm(value):
    exif = Image.Exif()
    exif[CAPTION] = value
    exif[ARTIST] = "Anna Brown"

    assert words(picture_file(exif=exif.tobytes()))["credit"] == "Anna Brown"


@pytest.mark.parametrize("charset", [b"", UTF_8])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_iptc_is_read_in_what_it_is_written_in(charset, encoding):
    file = with_iptc(caption="Malmö – premiär".encode(encoding), charset=charset)

    assert words(file)["caption"] == "Malmö – premiär"


def test_iptc_that_names_latin_1_is_read_so():
    file = with_iptc(caption="Ã¤".encode("latin-1"), charset=b"\x1b.A")

    assert words(file)["caption"] == "Ã¤"


def raw(kind, data):
    """A chunk of PNG in which ImageMagick keeps what stood in a JPEG."""
    digits = f"\n{kind}\n{len(data):8}\n{data.hex()}\n"
    return b"tEXt", f"Raw profile type {kind}\x00{digits}".encode()


def test_what_a_png_keeps_of_the_jpeg_that_it_was_made_of_is_read():
    block = iptc_block(("caption", b"A street."), ("byline", b"Anna Brown"))
    exif = Image.Exif()
    exif[CAPTION], exif[ARTIST] = "A street.", "Anna Brown"
    caption = f"<dc:description>{alt('A street.')}</dc:description>"
    packet = xmp_packet(('photoshop:Credit="Anna Brown"', caption))
    xmp = b"http://ns.adobe.com/xap/1.0/\x00" + packet.encode()
    kept = [("8bim", photoshop_resource(block)), ("APP1", exif.tobytes()), ("APP1", xmp)]

    for kind, data in kept:
        said = words(with_chunks(raw(kind, data)))
        assert said.items() >= {"caption": "A street.", "credit": "Anna Brown"}.items(), kind
    assert words(with_chunks(raw("APP1", b"Exif\x00\x00junk"), raw("8bim", b"8BIM"))) == {}


def test_all_bylines_are_named():
    file = with_iptc(("byline", b"Ian"), ("byline", b"Anna"), ("byline", b"Ian"))

    assert words(file)["credit"] == "Ian, Anna"


def test_iptc_is_read_from_png_and_tiff_and_from_several_segments():
    block = iptc_block(("caption", b"A street."), ("byline", b"Anna Brown"))
    digits = f"\niptc\n{len(block):8}\n{block.hex()}\n".encode()
    start, resource = b"Photoshop 3.0\x00", photoshop_resource(block)
    files = [
        with_chunks((b"tEXt", b"Raw profile type iptc\x00" + digits)),
        picture_file("a.tif", tiffinfo={33723: block}),
        picture_file("a.tif", tiffinfo={34377: resource}),
        with_segments((0xED, start + resource[:30]), (0xED, start + resource[30:])),
    ]

    for file in files:
        assert words(file) == {"caption": "A street.", "credit": "Anna Brown"}


@pytest.mark.parametrize(
    "block",
    [
        b"\x1c",
        b"\x1c\x02\x78\xff\xff",
        b"\x1c\x02\x78\x80\x04\xff\xff\xff\xff",
        b"\x1c\x02\x78\x00\xff?",
    ],
)
def test_iptc_that_is_cut_short_does_no_harm(block):
    file = with_segments((0xED, b"Photoshop 3.0\x00" + photoshop_resource(block)))

    assert set(words(file)) <= {"caption"}


def test_what_a_png_says_after_its_pixels_is_read():
    text = xmp_packet(f"<dc:description>{alt('A street.')}</dc:description>").encode()
    exif = Image.Exif()
    exif[ARTIST] = "Anna Brown"

    file = with_chunks(
        (b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + text),
        (b"eXIf", exif.tobytes()[6:]),
        after=True,
    )

    assert words(file) == {"caption": "A street.", "credit": "Anna Brown"}


@pytest.mark.parametrize(
    ("byline", "agency", "named"),
    [
        ("Ian", "The Guardian", "Ian/The Guardian"),
        ("Anna Brown", "Anna Brown/PA", "Anna Brown/PA"),
        ("Anna Brown/PA Images", "PA Images", "Anna Brown/PA Images"),
        ("anna brown", "PA, Anna Brown", "PA, Anna Brown"),
        ("AP", "APA", "AP/APA"),
        ("Reuters", "REUTERS", "REUTERS"),
    ],
)
def test_photographer_and_agency_are_compared_by_whole_words(byline, agency, named):
    assert words(with_iptc(byline=byline.encode(), credit=agency.encode()))["credit"] == named


def test_a_month_gives_way_to_a_day():
    exif = {0x9003: b"2010:05:07 12:34:56"}
    packet = xmp_packet(('photoshop:DateCreated="2010-05"', ""))
    file = in_exif({}, more=exif)
    data = Image.open(file)
    both = picture_file(exif=data.info["exif"], xmp=packet.encode())

    assert words(both)["taken_at"].isoformat() == "2010-05-07T11:34:56+00:00"
    assert "taken_at" not in words(in_xmp(packet))


@pytest.mark.parametrize(
    ("day", "time", "at"),
    [
        (b"20161213", b"101500+0200", "2016-12-13T08:15:00+00:00"),
        (b"20161213", b"101500-0330", "2016-12-13T13:45:00+00:00"),
        (b"20161213", b"101500+9900", "2016-12-13T10:15:00+00:00"),
        (b"20161213", b"990000+0000", "2016-12-13T00:00:00+00:00"),
        (b"2016-12-13", b"", "2016-12-13T00:00:00+00:00"),
        (b"20160000", b"101500", None),
        (b"00000000", b"000000", None),
        (b"99991231", b"235959-1200", None),
    ],
)
def test_iptc_days_and_times_are_read_with_their_zones(day, time, at):
    taken = words(with_iptc(date=day, time=time)).get("taken_at")

    assert (taken and taken.isoformat()) == at


@pytest.mark.parametrize(
    ("written", "offset", "at"),
    [
        (b"2010:05:07 12:34:56", b"+05:45", "2010-05-07T06:49:56+00:00"),
        (b"2010:05:07 12:34:56", b"Z", "2010-05-07T12:34:56+00:00"),
        (b"2010:05:07 12:34:56", b"   :  ", "2010-05-07T11:34:56+00:00"),
        (b"2010-05-07T12:34:56.789", b"", "2010-05-07T11:34:56+00:00"),
        (b"2010/05/07 12:34:56", b"", "2010-05-07T11:34:56+00:00"),
        (b"2010:05:07 25:61:61", b"", "2010-05-06T23:00:00+00:00"),
        (b"0000:00:00 00:00:00", b"", None),
        (b"    :  :     :  :  ", b"", None),
    ],
)
def test_exif_days_and_times_are_read_with_their_zones(written, offset, at):
    taken = words(in_exif({}, more={0x9003: written, 0x9011: offset})).get("taken_at")

    assert (taken and taken.isoformat()) == at


def test_the_time_of_a_day_is_taken_from_whoever_has_it():
    data = Image.open(in_exif({}, more={0x9003: b"2016:12:13 10:15:00"})).info["exif"]
    for day, at in (("2016-12-13", "10:15"), ("1944-06-06", "00:00")):
        packet = xmp_packet((f'photoshop:DateCreated="{day}"', ""))
        taken = words(picture_file(exif=data, xmp=packet.encode()))["taken_at"]
        assert taken.astimezone().date().isoformat() <= day
        assert taken.strftime("%Y-%m-%d") in {day, "1944-06-05"}
        assert (at == "10:15") == (taken.strftime("%H:%M") == "10:15")


@pytest.mark.parametrize(
    "text",
    [
        "Defaulting on its debt, Argentina faces new talks.",
        "Minolta, the maker of cameras, closes its factory.",
        "Kodak invents the first digital camera",
        "Null points for Norway",
        "Created by hand, the dolls are sold in Kyiv.",
        "Unknown soldiers are remembered",
        "A visitor with a digital camera",
        "Made with paint and glue by pupils of class 4b in Malmo",
        "Saved by Adobe engineers, the dog Rex is back home",
        "Created in Windows of the old town, the art of Anna Berg",
        "Photoshop turns thirty",
        "Processed with care",
        "Paint",
        "P-8A",
        "SAM-7",
        "می‌خواهم",
        "क्‍ष",
    ],
)
@pytest.mark.parametrize("kind", ["exif", "iptc", "xmp"])
def test_a_caption_that_only_begins_like_a_cameras_word_is_kept(text, kind):
    assert words(captioned(text, kind))["caption"] == text


def captioned(text, kind):
    if kind == "exif":
        return in_exif({CAPTION: text})
    if kind == "iptc":
        return with_iptc(caption=text.encode())
    return in_xmp(xmp_packet(f"<dc:description>{alt(text)}</dc:description>"))


@pytest.mark.parametrize(
    "text",
    [
        "KODAK DC240 ZOOM DIGITAL CAMERA",
        "SAMSUNG DIGITAL CAMERA",
        "OLYMPUS DIGITAL CAMERA         ",
        "KONICA MINOLTA DIGITAL CAMERA",
        "SONY DSC",
        "DCIM\\100MEDIA\\DJI_0012.JPG",
        "Exif_JPEG_PICTURE",
        "ASCII",
        "null",
        "(null)",
        "Created with GIMP",
        "Created by ImageGear, AccuSoft Corp.",
        "LEAD Technologies Inc. V1.01",
        "Adobe Photoshop CS6 (Windows)",
        "Adobe Photoshop Lightroom Classic 9.2 (Macintosh)",
        "File written by Adobe Photoshop\u00a8 4.0",
        "CREATOR: gd-jpeg v1.0 (using IJG JPEG v62), quality = 90",
        "Created with Paint.NET v3.5.10",
        "Edited with Snapseed",
        "Processed with VSCO with a5 preset",
        "Processed with VSCOcam with m5 preset",
        "P1010023",
        "img_1.jpeg",
        "IMG_20160101_120000",
        "default",
        "\x00\x00\x00",
        "   ",
        " - ",
    ],
)
@pytest.mark.parametrize("name", FORMATS)
def test_what_a_camera_writes_by_itself_is_no_word_of_ours(text, name):
    assert words(in_exif({CAPTION: text, ARTIST: text, RIGHTS: text}, name)) == {}


def test_the_name_of_the_camera_is_no_caption():
    assert words(in_exif({CAPTION: "Acme X100", MAKE: "Acme", MODEL: "X100"})) == {}


def test_what_limits_the_use_of_a_picture_is_in_the_rights_note():
    iptc = with_iptc(
        instructions=b"EMBARGOED until Monday",
        copyright="© 2016 PA".encode(),
        source=b"The Archive",
    )
    packet = xmp_packet(
        ('photoshop:Instructions="NO ARCHIVE"', ""),
        f"<xmpRights:UsageTerms>{alt('Editorial use only')}</xmpRights:UsageTerms>",
    )

    assert words(iptc)["rights_note"] == "EMBARGOED until Monday\n© 2016 PA\nSource: The Archive"
    assert words(in_xmp(packet))["rights_note"] == "NO ARCHIVE\nEditorial use only"


def test_headline_and_source_stand_in_for_what_is_missing():
    file = with_iptc(headline=b"Rain over Aleppo", source=b"PA Images")

    assert words(file) == {"caption": "Rain over Aleppo", "credit": "PA Images"}


@pytest.mark.parametrize(
    "line",
    [
        "Copyright (c) 2019-2020 Anna Berg",
        "Copyrighted by Anna Berg",
        "© 2019\u20132024 Anna Berg",
        "Copyright © 2019-2024, Anna Berg",
        "Copyrights Anna Berg",
        "COPYRIGHT: 2019/20 by Anna Berg",
        "© 2019 - present, Anna Berg",
        "(c)2019, 2020 Anna Berg",
    ],
)
def test_the_holder_of_the_rights_is_named_without_what_stands_before(line):
    assert words(with_iptc(copyright=line.encode()))["credit"] == "Anna Berg"


@pytest.mark.parametrize("holder", ["Byron Smith", "20 Minutes", "2000AD"])
def test_a_holder_whose_name_begins_alike_keeps_it(holder):
    assert words(with_iptc(copyright=f"© 2019 {holder}".encode()))["credit"] == holder


def test_alt_text_is_read():
    packet = xmp_packet(f"<core:AltTextAccessibility>{alt('Houses.')}</core:AltTextAccessibility>")

    assert words(in_xmp(packet))["alt"] == "Houses."


def test_a_jpeg_with_a_film_after_its_end_is_taken():
    data = picture_file().read()
    film = b"\x00\x00\x00\x18ftypmp42" + b"\xff\xda\x00\x08" * (1024 * 1024)
    second = picture_file(colour="maroon").read()

    for after in (film, second * 100):
        picture = examine(io.BytesIO(data + after))
        assert (picture.width, picture.height) == (600, 400)


def test_two_pictures_of_one_camera_are_one():
    frames = [Image.new("RGB", (300, 200), name) for name in ("red", "blue")]
    file = image_file(frames[0], "a.mpo", "MPO", save_all=True, append_images=frames[1:])

    assert examine(file).suffix == "jpg"


@pytest.mark.parametrize(
    "text",
    [
        "1" * 5000,
        "Photoshop" + " 1.1 adobe-v2." * 300,
        "a1 " * 1500 + "x",
        "dsc" + "1" * 4000 + "!",
    ],
)
def test_a_long_text_is_never_a_cameras_own_word(text):
    assert words(with_iptc(caption=text.encode()))["caption"].startswith(text[:1000])
