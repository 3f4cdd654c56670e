"""Whom a file's metadata names to credit. The worker asks too, so nothing of Django here."""

import re
from typing import Any

MAX_CREDIT = MAX_COPYRIGHT = 200
MAX_AGENCY = 100
# What stands before a name in a line of rights: the sign or its word, years and ranges of years.
COPYRIGHT_PREFIX = re.compile(
    r"^(copyright(s|ed)?\b|©|\(c\)|by\b|[\s,:;.]|(19|20)\d\d(\s*[-–—/]\s*((19|20)?\d\d|present))?\b)+",  # noqa: RUF001
    re.I,
)


def truncate(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def credit_of(metadata: dict[str, Any]) -> str:
    """Photographer and agency, else the holder of the rights, else the source."""
    return truncate(_credit(metadata), MAX_CREDIT)


def copyright_of(metadata: dict[str, Any]) -> str:
    """The copyright notice, on one line."""
    return truncate(" ".join(metadata.get("rights", "").split()), MAX_COPYRIGHT)


def _credit(metadata: dict[str, Any]) -> str:
    byline, agency = metadata.get("byline", ""), metadata.get("agency", "")
    if byline and agency and not mentions(agency, byline):
        return byline if mentions(byline, agency) else f"{byline}/{agency}"
    holder = COPYRIGHT_PREFIX.sub("", metadata.get("rights", ""))
    return agency or byline or holder or metadata.get("source", "")


def mentions(text: str, name: str) -> bool:
    """Whether a text contains these words in a row."""
    words, wanted = (re.findall(r"\w+", each.casefold()) for each in (text, name))
    return f" {' '.join(wanted)} " in f" {' '.join(words)} "
