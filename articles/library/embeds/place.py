"""The parts of an address that somebody pasted, read strictly: what looks odd is no place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlsplit

from ..characters import tidy

SCHEMES = {"http", "https"}
LONGEST = 500

# Browsers read a backslash as a slash and drop line breaks; no address needs any of these.
_ODD = re.compile(r'[\x00-\x20\x7f\\<>"^`{|}]|\s')
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_MOST_PARAMETERS = 30


@dataclass(frozen=True)
class Place:
    """An address taken apart, its host in lower case; of a parameter given twice the first."""

    url: str
    host: str
    path: str
    query: Mapping[str, str]
    fragment: str

    @property
    def quoted(self) -> str:
        """The address without what follows #, as the value of a parameter."""
        return quote(self.url.partition("#")[0], safe="")


def place_of(url: str) -> Place | None:
    """The place of a page on the web; None where there is the least doubt which host is meant.

    A host with letters beyond ASCII, a port, a name or password, or a dot at its end is none: no
    provider has such an address, and people who imitate one do.
    """
    if len(url) > LONGEST or _ODD.search(url) or tidy(url) != url:
        return None
    try:
        parts = urlsplit(url)
        query = dict(reversed(parse_qsl(parts.query, max_num_fields=_MOST_PARAMETERS)))
    except ValueError:
        return None
    host = parts.netloc
    # Some letters beyond ASCII become ASCII when they are put in lower case.
    host = host.lower() if host.isascii() else ""
    if parts.scheme not in SCHEMES or not _HOST.fullmatch(host):
        return None
    return Place(url, host, parts.path, query, parts.fragment)
