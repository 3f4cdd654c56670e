"""Fingerprint of the code that makes pages: cached pages of another release are not shown."""

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from django.conf import settings

CODE = (
    "articles/formats",
    "articles/library",
    "articles/locale",
    "articles/public",
    "articles/publishing",
    "articles/templatetags",
    "newsroom",
    "templates",
)
"""Folders whose files decide what a page says."""

MAKES_PAGES = (*CODE, "static")
SUFFIXES = {".css", ".html", ".js", ".mo", ".py", ".svg", ".woff2"}


@cache
def release() -> str:
    """The fingerprint of the code that this process runs."""
    return fingerprint(settings.BASE_DIR, settings.THEME_FILES)


def fingerprint(
    root: Path, theme: Sequence[Path] = (), folders: Sequence[str] = MAKES_PAGES
) -> str:
    """Eight hexadecimal digits of a hash over all files in folders, or in all that make pages.

    Made of the files themselves, so that machines with the same code agree. Static files count
    because pages name them by their hashes.
    """
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in SUFFIXES:
                digest.update(path.read_bytes())
    for path in theme:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:8]
