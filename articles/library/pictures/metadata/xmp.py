"""XMP: what newer programs write, as RDF in XML.

Not Pillow's `getxmp`: it reads one packet, and none that anything follows.
"""

import io
from collections.abc import Iterable
from typing import Any

from defusedxml.ElementTree import ParseError, iterparse
from PIL import Image

from .iptc import raw_profile
from .text import clean

MAX_PACKET_BYTES = 1024 * 1024

DC = "{http://purl.org/dc/elements/1.1/}"
PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
IPTC_CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"
BASIC = "{http://ns.adobe.com/xap/1.0/}"
EXIF = "{http://ns.adobe.com/exif/1.0/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

PROPERTIES = {
    "caption": f"{DC}description",
    "byline": f"{DC}creator",
    "rights": f"{DC}rights",
    "usage": f"{RIGHTS}UsageTerms",
    "agency": f"{PHOTOSHOP}Credit",
    "source": f"{PHOTOSHOP}Source",
    "instructions": f"{PHOTOSHOP}Instructions",
    "headline": f"{PHOTOSHOP}Headline",
    "keywords": f"{DC}subject",
    "alt": f"{IPTC_CORE}AltTextAccessibility",
}
DATES = (f"{PHOTOSHOP}DateCreated", f"{EXIF}DateTimeOriginal", f"{BASIC}CreateDate")

JPEG_XMP = b"http://ns.adobe.com/xap/1.0/\x00"
JPEG_EXTENDED_XMP = b"http://ns.adobe.com/xmp/extension/\x00"


def read_xmp(image: Image.Image) -> dict[str, Any]:
    found = [each for packet in packets_of(image) for each in descriptions(packet)]
    texts = {name: first_text(found, tag) for name, tag in PROPERTIES.items()}
    return texts | {"dates": [first_text(found, tag) for tag in DATES]}


def first_text(found: list[Any], tag: Any) -> str:
    """The first text of a property that is not empty."""
    return next(filter(None, (clean(property_text(each, tag)) for each in found)), "")


def packets_of(image: Image.Image) -> list[bytes]:
    """The packets of a picture: the main one, and what a JPEG has in further segments."""
    if apps := getattr(image, "applist", None):
        parts = [data for _, data in apps]
        return [
            *(data[len(JPEG_XMP) :] for data in parts if data.startswith(JPEG_XMP)),
            join_extended(
                data[len(JPEG_EXTENDED_XMP) :]
                for data in parts
                if data.startswith(JPEG_EXTENDED_XMP)
            ),
        ]
    data = image.info.get("xmp") or raw_profile(image, "xmp")
    segment = raw_profile(image, "APP1")  # as it stood in the JPEG that the PNG was made of
    return [
        data.encode() if isinstance(data, str) else data,
        segment[len(JPEG_XMP) :] if segment.startswith(JPEG_XMP) else b"",
    ]


def join_extended(parts: Iterable[bytes]) -> bytes:
    """One packet of its parts: fingerprint (32 bytes), length (4), offset (4), data."""
    return b"".join(part[40:] for part in sorted(parts, key=lambda part: part[36:40]))


def descriptions(packet: Any) -> list[Any]:
    """Every description of the picture itself, without those nested in others."""
    if not packet or len(packet) > MAX_PACKET_BYTES:
        return []
    # A NUL is half of the first character in one kind of UTF-16.
    packet = packet if packet[:2] == b"\x00<" else packet.lstrip(b"\x00 \r\n\t")
    try:
        # Some programs paste in Windows-1252, and say that it is UTF-8.
        return parse(io.BytesIO(packet)) or parse(io.StringIO(packet.decode("cp1252", "replace")))
    except Exception:  # another packet may be whole
        return []


def parse(packet: Any) -> list[Any]:
    """The descriptions in every complete `rdf:RDF`, whatever follows it."""
    found = []
    try:
        for _event, element in iterparse(packet, forbid_dtd=True):
            if element.tag == f"{RDF}RDF":
                found += element
    except ParseError:
        pass
    return found


def property_text(description: Any, tag: Any) -> str:
    """A property's text: an attribute's, or that of its first element that has any."""
    texts = [description.get(tag), *map(element_text, description.findall(tag))]
    return next(filter(None, texts), "")


def element_text(element: Any) -> Any:
    """An element's text: its own, that of its default language, or those of its list."""
    items = [(item.get(LANGUAGE), value_of(item)) for item in element.iter(f"{RDF}li")]
    if not items:
        return value_of(element)
    texts = [text for _language, text in items if text.strip()]
    if element.find(f"{RDF}Alt") is None:
        return texts
    return next(
        (text for language, text in items if language == "x-default" and text.strip()),
        "".join(texts[:1]),
    )


def value_of(element: Any) -> str:
    return element.get(f"{RDF}value") or "".join(element.itertext()).strip()
