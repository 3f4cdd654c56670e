"""Addresses of another site in one form, whatever the spelling: without host, slash, /amp/."""

import re
import unicodedata
from urllib.parse import parse_qsl, unquote, urlsplit

QUERIES = ("p", "page_id", "attachment_id")
"""Queries that are addresses by themselves on a WordPress site: /?p=12."""

ROOTS = {"", "/", "/index.php"}
"""Paths at which such a query is an address by itself."""

LONGEST = 500
_AMP = re.compile(r"/+amp/*$", re.IGNORECASE)
_SLASHES = re.compile("/{2,}")


def path_key(address: str) -> str:
    """What all spellings of an address have in common; empty for none that could be one.

    A path, or "?p=12"; the case of what was percent-encoded counts, that of its percent signs not.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    if parts.path in ROOTS:
        for name, value in parse_qsl(parts.query[:LONGEST]):
            if name in QUERIES and value.isascii() and value.isdigit():
                return f"?{'p' if name == 'page_id' else name}={int(value[:18])}"
    return path_key_of(unquote(parts.path))


def path_key_of(path: str) -> str:
    """The key of a path whose percent signs are decoded."""
    path = unicodedata.normalize("NFC", path.replace("\x00", ""))
    path = _AMP.sub("", _SLASHES.sub("/", path)).rstrip("/")
    return path if path and len(path) <= LONGEST else ""
