"""XMP: what newer programs write, as RDF in XML."""

from xml.etree.ElementTree import TreeBuilder

from defusedxml.ElementTree import DefusedXMLParser, ParseError

from .iptc import raw_profile
from .text import clean

LARGEST = 1024 * 1024

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
    "alt": f"{IPTC_CORE}AltTextAccessibility",
}
DATES = (f"{PHOTOSHOP}DateCreated", f"{EXIF}DateTimeOriginal", f"{BASIC}CreateDate")

JPEG_XMP = b"http://ns.adobe.com/xap/1.0/\x00"
JPEG_MORE_XMP = b"http://ns.adobe.com/xmp/extension/\x00"


def xmp_words(image):
    said = [each for data in packets_of(image) for each in descriptions(data)]
    words = {name: first(said, tag) for name, tag in PROPERTIES.items()}
    return words | {"dates": [first(said, tag) for tag in DATES]}


def first(said, tag):
    """The first text of a property that says something."""
    return next(filter(None, (clean(text_of(about, tag)) for about in said)), "")


def packets_of(image):
    """The packets of a picture: its own, and what a JPEG has no room for in one segment."""
    if apps := getattr(image, "applist", None):
        parts = [data for _, data in apps]
        return [
            *(data[len(JPEG_XMP) :] for data in parts if data.startswith(JPEG_XMP)),
            extended(
                data[len(JPEG_MORE_XMP) :] for data in parts if data.startswith(JPEG_MORE_XMP)
            ),
        ]
    data = image.info.get("xmp") or raw_profile(image, "xmp")
    segment = raw_profile(image, "APP1")  # as it stood in the JPEG that the PNG was made of
    return [
        data.encode() if isinstance(data, str) else data,
        segment[len(JPEG_XMP) :] if segment.startswith(JPEG_XMP) else b"",
    ]


def extended(parts):
    """One packet of its parts: fingerprint (32), length (4), place (4), bytes."""
    return b"".join(part[40:] for part in sorted(parts, key=lambda part: part[36:40]))


def descriptions(data):
    """Every description of the picture itself; none of those that stand within others."""
    if not data or len(data) > LARGEST:
        return []
    try:
        # A zero is half of the first character in one kind of UTF-16.
        root = parsed(data if data[:2] == b"\x00<" else data.lstrip(b"\x00 \r\n\t"))
    except Exception:  # another packet may be whole
        return []
    return [about for rdf in root.iter(f"{RDF}RDF") for about in rdf]


class Packet(TreeBuilder):
    """Builds a packet's tree, and has it whole as soon as its outermost element ends."""

    def __init__(self):
        super().__init__()
        self.depth, self.root = 0, None

    def start(self, tag, attributes):
        self.depth += 1
        return super().start(tag, attributes)

    def end(self, tag):
        element = super().end(tag)
        self.depth -= 1
        self.root = self.root if self.depth else element
        return element


def parsed(data):
    """The tree of a packet, whatever bytes come after its end."""
    try:
        return tree_of(data)
    except ParseError:
        # Some programs paste in what they were given, and say that it is UTF-8.
        return tree_of(data.decode("cp1252", "replace"))


def tree_of(data):
    packet = Packet()
    parser = DefusedXMLParser(target=packet, forbid_dtd=True)
    try:
        parser.feed(data)
        parser.close()
    except ParseError:
        if packet.root is None:
            raise
    return packet.root


def text_of(about, tag):
    """A property's text: an attribute's, or the first of its elements that says something."""
    texts = [about.get(tag), *map(text_in, about.findall(tag))]
    return next(filter(None, texts), "")


def text_in(element):
    """An element's text: its own, that of its default language, or those of its list."""
    items = [(item.get(LANGUAGE), whole(item)) for item in element.iter(f"{RDF}li")]
    if not items:
        return whole(element)
    texts = [text for _language, text in items if text.strip()]
    if element.find(f"{RDF}Alt") is None:
        return texts
    return next(
        (text for language, text in items if language == "x-default" and text.strip()),
        "".join(texts[:1]),
    )


def whole(element):
    return element.get(f"{RDF}value") or "".join(element.itertext()).strip()
