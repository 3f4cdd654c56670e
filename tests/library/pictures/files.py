"""Picture files of every kind, good and hostile, made on the spot."""

import io
import struct
import zlib

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms

from articles.library.pictures.renditions import FIRST_SERIES, all_renditions


def picture_file(name="street.jpg", size=(600, 400), colour="teal", mode="RGB", **options):
    """An uploaded picture file of one colour; options go to Pillow's `save`."""
    kind = {"jpg": "JPEG", "tif": "TIFF"}.get(name.rsplit(".")[-1], name.rsplit(".")[-1].upper())
    return image_file(Image.new(mode, size, colour), name, format=kind, **options)


def image_file(image, name="street.jpg", format="JPEG", **options):  # noqa: A002
    """An image as an uploaded file."""
    out = io.BytesIO()
    image.save(out, format=format, **options)
    return SimpleUploadedFile(name, out.getvalue())


def age(photo):
    """Make a stored photo one that was taken in when the first series of widths was made."""
    now = all_renditions(photo.as_picture())
    photo.series = FIRST_SERIES
    photo.save()
    for name in now.keys() - all_renditions(photo.as_picture()).keys():
        default_storage.delete(name)


def bomb(width=60_000, height=60_000):
    """A small PNG that declares a huge picture."""

    data = (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + png_chunk(b"IDAT", zlib.compress(bytes(100_000)))
        + png_chunk(b"IEND", b"")
    )
    return SimpleUploadedFile("bomb.png", data)


def one_colour_webp(width, height):
    """A lossless WebP with transparency, of any size, in fifty bytes."""
    # From the least bit: size, alpha; no transforms, cache or groups; five codes of one symbol.
    bits = (width - 1) | (height - 1) << 14 | 1 << 28
    codes = "".join(f"{value:08b}"[::-1].join(("101", "")) for value in (90, 60, 30, 128))
    codes = "000" + codes + "1000"
    packed = int(codes[::-1], 2).to_bytes(16, "little")
    data = b"\x2f" + bits.to_bytes(4, "little") + packed
    data += b"\x00" * (len(data) % 2)
    chunk = b"VP8L" + struct.pack("<I", len(data)) + data
    return SimpleUploadedFile(
        "a.webp", b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk
    )


def linear_profile():
    """A profile that calls itself sRGB, and whose values are amounts of light."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for entry in range(int.from_bytes(data[128:132])):
        tag, at, size = struct.unpack_from(">4sII", data, 132 + 12 * entry)
        if tag.endswith(b"TRC"):
            data[at : at + size] = b"curv".ljust(size, b"\x00")
    return bytes(data)


def linear_grey_profile():
    """A profile for greys, whose values are amounts of light."""
    white = b"XYZ " + bytes(4) + struct.pack(">3I", 0xF6D6, 0x10000, 0xD32D)
    tags = struct.pack(">I", 2)
    tags += struct.pack(">4sII", b"wtpt", 156, 20) + struct.pack(">4sII", b"kTRC", 176, 12)
    data = tags + white + b"curv" + bytes(8)
    header = struct.pack(">I4sI4s4s4s", 128 + len(data), b"", 0x02400000, b"mntr", b"GRAY", b"XYZ ")
    header += bytes(12) + b"acsp" + bytes(28) + white[8:]
    return header.ljust(128, b"\x00") + data


IPTC_NUMBERS = {
    "instructions": 40,
    "date": 55,
    "time": 60,
    "byline": 80,
    "headline": 105,
    "credit": 110,
    "source": 115,
    "copyright": 116,
    "caption": 120,
}


def iptc_block(*records, charset=b""):
    """IPTC records, given as (name, bytes) in their order."""
    every = [(1, 90, charset)] if charset else []
    every += [(2, IPTC_NUMBERS[name], value) for name, value in records]
    return b"".join(
        bytes([0x1C, record, number]) + struct.pack(">H", len(value)) + value
        for record, number, value in every
    )


def photoshop_resource(iptc):
    """Photoshop's resource 0x0404, which holds IPTC records."""
    return b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(iptc)) + iptc + b"\x00" * (len(iptc) % 2)


def with_iptc(*records, charset=b"", **named):
    """A JPEG with IPTC records: caption, byline, credit, copyright, as bytes."""
    iptc = iptc_block(*records, *named.items(), charset=charset)
    return with_segments((0xED, b"Photoshop 3.0\x00" + photoshop_resource(iptc)))


def with_segments(*segments):
    """A JPEG with these segments, (marker, bytes), at its start."""
    data = picture_file().read()
    said = b"".join(
        bytes([0xFF, marker]) + struct.pack(">H", len(block) + 2) + block
        for marker, block in segments
    )
    return SimpleUploadedFile("segments.jpg", data[:2] + said + data[2:])


def png_chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def with_chunks(*chunks, after=False):
    """A PNG with these chunks, (kind, bytes), before its pixels or after them."""
    data = picture_file("street.png").read()
    at = -12 if after else 33
    said = b"".join(png_chunk(*chunk) for chunk in chunks)
    return SimpleUploadedFile("chunks.png", data[:at] + said + data[at:])


def xmp_packet(*descriptions):
    """An XMP packet; each description is (attributes, elements) or elements alone."""
    parts = [each if isinstance(each, tuple) else ("", each) for each in descriptions]
    said = "".join(
        f'<rdf:Description rdf:about="" {NAMESPACES} {attributes}>{elements}</rdf:Description>'
        for attributes, elements in parts
    )
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">{said}</rdf:RDF>'
        '</x:xmpmeta><?xpacket end="w"?>'
    )


NAMESPACES = """xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
xmlns:core="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" """

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
xmlns:core="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
photoshop:Credit="PA Images" photoshop:DateCreated="2016-12-13T10:15:00+02:00">
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">A street in Aleppo.</rdf:li></rdf:Alt>
</dc:description><dc:creator><rdf:Seq><rdf:li>Anna Brown</rdf:li></rdf:Seq></dc:creator>
<core:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">Broken houses.</rdf:li></rdf:Alt>
</core:AltTextAccessibility></rdf:Description></rdf:RDF></x:xmpmeta>"""
