"""What renditions say of themselves: whom to credit and whose they are, and nothing else.

It is written anew rather than copied, so nothing of the original comes along: no place, no camera.
"""

import struct
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from PIL import Image

from .exif import BYLINE, RIGHTS
from .iptc import CHARSET, DATASETS, IPTC_RESOURCE

UTF_8 = b"\x1b%G"

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF \
xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" \
xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">{said}</rdf:Description></rdf:RDF>\
</x:xmpmeta><?xpacket end="r"?>"""
XMP_CREDIT = "<photoshop:Credit>{}</photoshop:Credit>"
XMP_RIGHTS = '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:rights>'


@lru_cache(maxsize=16)
def metadata_options(kind: str, credit: str, copyright_notice: str) -> dict[str, Any]:
    """What Pillow's `save` takes for a file of this kind to carry these words; {} for none."""
    if not (credit or copyright_notice):
        return {}
    options = {
        "exif": exif_of(credit, copyright_notice),
        "xmp": xmp_of(credit, copyright_notice).encode(),
    }
    if kind == "jpg":
        options["extra"] = iptc_segment(credit, copyright_notice)
    return options


def exif_of(credit: str, copyright_notice: str) -> bytes:
    """EXIF with Artist and Copyright, in UTF-8 as programs read it today."""
    exif = Image.Exif()
    for tag, text in ((BYLINE, credit), (RIGHTS, copyright_notice)):
        if text:
            exif[tag] = text.encode()
    return exif.tobytes()


def xmp_of(credit: str, copyright_notice: str) -> str:
    said = ((XMP_CREDIT, credit), (XMP_RIGHTS, copyright_notice))
    return XMP.format(said="".join(form.format(escape(text)) for form, text in said if text))


def iptc_segment(credit: str, copyright_notice: str) -> bytes:
    """A JPEG's APP13 segment with the records of IPTC."""
    records = [(*CHARSET, UTF_8)]
    texts = ((DATASETS["agency"], credit), (DATASETS["rights"], copyright_notice))
    records += [(2, number, text.encode()) for number, text in texts if text]
    iptc = b"".join(
        struct.pack(">BBBH", 0x1C, record, number, len(value)) + value
        for record, number, value in records
    )
    resource = struct.pack(">4sHHI", b"8BIM", IPTC_RESOURCE, 0, len(iptc)) + iptc
    data = b"Photoshop 3.0\x00" + resource + b"\x00" * (len(iptc) % 2)
    return struct.pack(">BBH", 0xFF, 0xED, len(data) + 2) + data
