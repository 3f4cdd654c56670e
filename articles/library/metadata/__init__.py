"""What a picture file says about itself: IPTC, XMP and EXIF as one set of words.

The newer says more: XMP goes before IPTC, and IPTC before EXIF. All of it was written by
strangers, so it is bounded, control characters are taken out, and whatever fails is left out.

said = said_in(image)   # what stands in the file, as plain data
words = words_of(said)  # what a photo's fields take of it
"""

import re
from contextlib import suppress

from django.utils.translation import gettext as _

from .dates import best_moment
from .exif import exif_words
from .iptc import iptc_words
from .text import shortened
from .xmp import xmp_words

LONGEST = {"caption": 2000, "credit": 200, "alt": 1000, "rights_note": 1000}


def said_in(image):
    """What stands in an opened picture: {name: text}, and `dates`, the best source first."""
    found, dates = {}, []
    if image.format == "PNG":  # whose words may stand after its pixels
        with suppress(Exception):
            image.load()
    for read in (xmp_words, iptc_words, exif_words):
        try:
            words = read(image)
        except Exception:  # noqa: S112 - hostile metadata is no reason to refuse a picture
            continue
        dates += words.pop("dates")
        found = {name: text for name, text in words.items() if text} | found
    return found | {"dates": dates}


def words_of(said):
    """The words for a photo's fields: a dict of caption, credit, alt, rights_note, taken_at.

    Only what the file says is in it; `taken_at` is an aware datetime, the rest are strings.
    """
    words = {
        "caption": said.get("caption") or said.get("headline"),
        "credit": credit_of(said),
        "alt": said.get("alt"),
        "rights_note": rights_of(said),
    }
    bounded = {name: shortened(words[name], most) for name, most in LONGEST.items() if words[name]}
    taken = best_moment(said.get("dates", ()))
    return bounded | ({"taken_at": taken} if taken else {})


def credit_of(said):
    """Whom to name: photographer and agency, else the holder of the rights, else the source."""
    byline, agency = said.get("byline", ""), said.get("agency", "")
    if byline and agency and not names(agency, byline):
        return byline if names(byline, agency) else f"{byline}/{agency}"
    holder = re.sub(
        r"^(copyright|©|\(c\)|[\s,:]|(19|20)\d\d\b)+", "", said.get("rights", ""), flags=re.I
    )
    return agency or byline or holder or said.get("source", "")


def names(text, name):
    """Whether a text has a name in it, word for word."""
    words, wanted = (re.findall(r"\w+", each.casefold()) for each in (text, name))
    return f" {' '.join(wanted)} " in f" {' '.join(words)} "


def rights_of(said):
    """What whoever chooses the picture has to know; what limits its use comes first."""
    notes = [said.get(name, "") for name in ("instructions", "usage", "rights")]
    source = said.get("source", "")
    if source and not names(" ".join([credit_of(said), *notes]), source):
        notes.append(_("Source: %s") % source)
    return "\n".join(dict.fromkeys(filter(None, notes)))
