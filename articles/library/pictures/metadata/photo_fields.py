"""What a photo's fields take from its file's metadata."""

from typing import Any

from django.utils.translation import gettext as _

from .credit import (
    MAX_AGENCY,
    MAX_COPYRIGHT,
    MAX_CREDIT,
    copyright_of,
    credit_of,
    mentions,
    truncate,
)
from .dates import best_datetime

MAX_LENGTHS = {
    "caption": 2000,
    "credit": MAX_CREDIT,
    "copyright": MAX_COPYRIGHT,
    "agency": MAX_AGENCY,
    "alt": 1000,
    "keywords": 1000,
    "rights_note": 1000,
}


def photo_fields(metadata: dict[str, Any]) -> dict[str, Any]:
    """A dict of caption, credit, copyright, agency, alt, keywords, rights_note and taken_at,
    without those that are empty.

    `taken_at` is an aware datetime, the rest are strings.
    """
    texts = {
        "caption": metadata.get("caption") or metadata.get("headline"),
        "credit": credit_of(metadata),
        "copyright": copyright_of(metadata),
        "agency": metadata.get("agency"),
        "alt": metadata.get("alt"),
        "keywords": metadata.get("keywords"),
        "rights_note": rights_of(metadata),
    }
    fields = {name: truncate(text, MAX_LENGTHS[name]) for name, text in texts.items() if text}
    taken = best_datetime(metadata.get("dates", ()))
    return fields | ({"taken_at": taken} if taken else {})


def rights_of(metadata: dict[str, Any]) -> str:
    """Instructions, terms of use, rights and source, the limits of use first."""
    notes = [metadata.get(name, "") for name in ("instructions", "usage", "rights")]
    source = metadata.get("source", "")
    if source and not mentions(" ".join([credit_of(metadata), *notes]), source):
        notes.append(_("Source: %s") % source)
    return "\n".join(dict.fromkeys(filter(None, notes)))
