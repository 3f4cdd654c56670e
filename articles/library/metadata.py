"""What a picture file says about itself: IPTC, XMP and EXIF as one set of words.

The newer says more: XMP goes before IPTC, and IPTC before EXIF. All of it was written by
strangers, so it is bounded, control characters are taken out, and whatever fails is left out.
"""

import datetime as dt
import re
import unicodedata

from defusedxml import ElementTree
from django.utils import timezone
from PIL import IptcImagePlugin

LONGEST = {"caption": 2000, "credit": 200, "alt": 1000, "rights_note": 500}
LARGEST_XMP = 1024 * 1024

DC = "{http://purl.org/dc/elements/1.1/}"
PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
IPTC_CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

XMP = {
    "caption": f"{DC}description",
    "byline": f"{DC}creator",
    "rights": f"{DC}rights",
    "agency": f"{PHOTOSHOP}Credit",
    "taken": f"{PHOTOSHOP}DateCreated",
    "alt": f"{IPTC_CORE}AltTextAccessibility",
}
IPTC = {"caption": (2, 120), "byline": (2, 80), "agency": (2, 110), "rights": (2, 116)}
EXIF = {"caption": 0x010E, "byline": 0x013B, "rights": 0x8298}
EXIF_MORE, TAKEN, TAKEN_OFFSET = 0x8769, 0x9003, 0x9011

# What cameras write into the caption by themselves.
BY_THE_CAMERA = re.compile(r"(olympus digital camera|sony dsc|dcim|default|minolta)", re.I)


def words_in(image):
    """The words of an opened picture: a dict of caption, credit, alt, rights_note, taken_at.

    Only what the file says is in it; `taken_at` is an aware datetime, the rest are strings.
    """
    found = {}
    for read in (exif_words, iptc_words, xmp_words):
        try:
            found |= {name: value for name, value in read(image).items() if value}
        except Exception:  # noqa: S112 - hostile metadata is no reason to refuse a picture
            continue
    words = {
        "caption": found.get("caption"),
        "credit": credit_of(found),
        "alt": found.get("alt"),
        "rights_note": found.get("rights"),
        "taken_at": moment(found.get("taken", "")),
    }
    bounded = {name: shortened(words[name], most) for name, most in LONGEST.items() if words[name]}
    return bounded | ({"taken_at": words["taken_at"]} if words["taken_at"] else {})


def credit_of(found):
    """Whom to name: photographer and agency, else the holder of the rights."""
    byline, agency = found.get("byline", ""), found.get("agency", "")
    if byline and agency and byline.lower() not in agency.lower():
        return f"{byline}/{agency}"
    if byline or agency:
        return agency or byline
    return re.sub(
        r"^(copyright|©|\(c\)|[\s,:]|(19|20)\d\d\b)+", "", found.get("rights", ""), flags=re.I
    )


def exif_words(image):
    exif = image.getexif()
    words = {name: clean(exif.get(tag, "")) for name, tag in EXIF.items()}
    if BY_THE_CAMERA.match(words["caption"]):
        del words["caption"]
    more = exif.get_ifd(EXIF_MORE)
    taken = clean(more.get(TAKEN, ""))
    day, _, time = taken.partition(" ")
    words["taken"] = f"{day.replace(':', '-')}T{time}{clean(more.get(TAKEN_OFFSET, ''))}"
    return words


def iptc_words(image):
    said = IptcImagePlugin.getiptcinfo(image) or {}
    words = {name: clean(said.get(key, b"")) for name, key in IPTC.items()}
    day, time = clean(said.get((2, 55), b"")), clean(said.get((2, 60), b""))
    if day:
        words["taken"] = f"{day}T{time or '000000'}"
    return words


def xmp_words(image):
    data = image.info.get("xmp") or b""
    if not data or len(data) > LARGEST_XMP:
        return {}
    root = ElementTree.fromstring(data.rstrip(b"\x00 \r\n\t"), forbid_dtd=True)
    words = {}
    for about in root.iter(f"{RDF}Description"):
        for name, tag in XMP.items():
            element = about.find(tag)
            text = about.get(tag, "") if element is None else text_of(element)
            words.setdefault(name, clean(text))
    return words


def text_of(element):
    """An XMP property's text: its own, of its default language, or of its list."""
    items = list(element.iter(f"{RDF}li"))
    if not items:
        return element.text or ""
    default = [item for item in items if item.get(XML_LANGUAGE) == "x-default"]
    if element.find(f"{RDF}Alt") is not None:
        return (default or items)[0].text or ""
    return ", ".join(item.text or "" for item in items[:10])


def clean(value):
    """Text without control, bidirectional and other unseen characters, one space between words."""
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, (clean(part) for part in value[:10])))
    if isinstance(value, bytes):
        value = decoded(value)
    if not isinstance(value, str):
        return ""
    value = value[: 4 * LONGEST["caption"]]
    seen = (" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in value)
    return " ".join(
        "".join(c for c in seen if unicodedata.category(c) not in {"Cf", "Cs", "Co", "Cn"}).split()
    )


def decoded(data):
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def shortened(text, most):
    return text if len(text) <= most else text[: most - 1] + "…"


def moment(text):
    """An aware moment from a file's date; one without an offset is of the site's zone."""
    try:
        at = dt.datetime.fromisoformat(text)
        if at.tzinfo is None:
            at = timezone.make_aware(at)
        return at.astimezone(dt.UTC) if 1826 <= at.year < 2200 else None
    except (ValueError, OverflowError):
        return None
