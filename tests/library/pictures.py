"""Picture files of every kind, good and hostile, made on the spot."""

import io
import struct
import zlib

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles.library.renditions import FIRST_SERIES, all_renditions


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

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    data = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(bytes(100_000)))
        + chunk(b"IEND", b"")
    )
    return SimpleUploadedFile("bomb.png", data)


def with_iptc(**records):
    """A JPEG with IPTC records: caption, byline, credit, copyright, as bytes."""
    numbers = {"caption": 120, "byline": 80, "credit": 110, "copyright": 116, "date": 55}
    iptc = b"".join(
        b"\x1c\x02" + bytes([numbers[name]]) + struct.pack(">H", len(value)) + value
        for name, value in records.items()
    )
    iptc += b"\x00" * (len(iptc) % 2)
    resource = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(iptc)) + iptc
    block = b"Photoshop 3.0\x00" + resource
    data = picture_file().read()
    segment = b"\xff\xed" + struct.pack(">H", len(block) + 2) + block
    return SimpleUploadedFile("iptc.jpg", data[:2] + segment + data[2:])


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
