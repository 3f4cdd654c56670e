"""What a photo's fields take of what stands in its file."""

import re

from django.utils.translation import gettext as _

from .dates import best_moment
from .text import shortened

LONGEST = {"caption": 2000, "credit": 200, "alt": 1000, "rights_note": 1000}
# What stands before a name in a line of rights: the sign or its word, years, and spans of years.
OF_RIGHTS = re.compile(
    r"^(copyright(s|ed)?\b|©|\(c\)|by\b|[\s,:;.]|(19|20)\d\d(\s*[-–—/]\s*((19|20)?\d\d|present))?\b)+",  # noqa: RUF001
    re.I,
)


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
    holder = OF_RIGHTS.sub("", said.get("rights", ""))
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
