"""Addresses of the old site: of its stories, and of its pictures."""

import re
import unicodedata
from urllib.parse import unquote, urlsplit

from ..library.naming.old_paths import path_key

_SIZED = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w+$)")
_SCALED = re.compile(r"-(?:scaled|rotated|e\d{10,})(?=\.\w+$)")
_FOLDER = re.compile(r"(?:^|/)(?:uploads|files|content/(?:images|media|files))/")
_RESIZED = re.compile(r"^size/[wh\d]+/(?:format/\w+/)?")


def key_at(address: str, hosts: set[str]) -> str:
    """The key of an address if it is one of the old site's, else empty."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    if parts.scheme not in {"", "http", "https"}:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    return path_key(address) if (host in hosts or (not host and parts.path)) else ""


def upload_key(address: str) -> str:
    """What all spellings of a picture's address have in common: its path after "uploads/"."""
    try:
        path = unquote(urlsplit(address.strip()).path)
    except ValueError:
        return ""
    return file_key(path)


def file_key(path: str) -> str:
    """The same of a path: composed, its suffix in small letters, without what leads there."""
    path = unicodedata.normalize("NFC", path.replace("\\", "/"))
    if found := _FOLDER.search(path):
        path = _RESIZED.sub("", path[found.end() :])
    path = path.lstrip("/")
    stem, dot, suffix = path.rpartition(".")
    return f"{stem}.{suffix.lower()}" if dot else path


def originals_of(key: str) -> list[str]:
    """Where the original of a picture may be, the likeliest first, the file itself last."""
    found = [key]
    if (base := _SIZED.sub("", key)) != key:
        found = [base, _with("-scaled", base), key]
    elif (base := _SCALED.sub("", key)) != key:
        found = [base, key]
    return list(dict.fromkeys(found))


def _with(mark: str, key: str) -> str:
    stem, dot, suffix = key.rpartition(".")
    return f"{stem}{mark}{dot}{suffix}"
