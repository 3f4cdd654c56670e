"""What a photo's fields take from its file's metadata."""

import re
from typing import Any

from django.utils.translation import gettext as _

from .dates import best_datetime

MAX_LENGTHS = {"caption": 2000, "credit": 200, "alt": 1000, "rights_note": 1000}
# What stands before a name in a line of rights: the sign or its word, years and ranges of years.
COPYRIGHT_PREFIX = re.compile(
    r"^(copyright(s|ed)?\b|©|\(c\)|by\b|[\s,:;.]|(19|20)\d\d(\s*[-–—/]\s*((19|20)?\d\d|present))?\b)+",  # noqa: RUF001
    re.I,
)


def photo_fields(metadata: dict[str, Any]) -> dict[str, Any]:
    """A dict of caption, credit, alt, rights_note and taken_at, without those that are empty.

    `taken_at` is an aware datetime, the rest are strings.
    """
    texts = {
        "caption": metadata.get("caption") or metadata.get("headline"),
        "credit": credit_of(metadata),
        "alt": metadata.get("alt"),
        "rights_note": rights_of(metadata),
    }
    fields = {name: truncate(text, MAX_LENGTHS[name]) for name, text in texts.items() if text}
    taken = best_datetime(metadata.get("dates", ()))
    return fields | ({"taken_at": taken} if taken else {})


def truncate(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def credit_of(metadata: dict[str, Any]) -> str:
    """Photographer and agency, else the holder of the rights, else the source."""
    byline, agency = metadata.get("byline", ""), metadata.get("agency", "")
    if byline and agency and not mentions(agency, byline):
        return byline if mentions(byline, agency) else f"{byline}/{agency}"
    holder = COPYRIGHT_PREFIX.sub("", metadata.get("rights", ""))
    return agency or byline or holder or metadata.get("source", "")


def mentions(text: str, name: str) -> bool:
    """Whether a text contains these words in a row."""
    words, wanted = (re.findall(r"\w+", each.casefold()) for each in (text, name))
    return f" {' '.join(wanted)} " in f" {' '.join(words)} "


def rights_of(metadata: dict[str, Any]) -> str:
    """Instructions, terms of use, rights and source, the limits of use first."""
    notes = [metadata.get(name, "") for name in ("instructions", "usage", "rights")]
    source = metadata.get("source", "")
    if source and not mentions(" ".join([credit_of(metadata), *notes]), source):
        notes.append(_("Source: %s") % source)
    return "\n".join(dict.fromkeys(filter(None, notes)))
