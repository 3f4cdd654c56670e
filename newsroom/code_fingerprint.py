"""Which code is running: a page kept by one release is not shown by another."""

import hashlib
from functools import cache

from django.conf import settings

MAKES_PAGES = (
    "articles/public",
    "articles/publishing",
    "articles/templatetags",
    "static",
    "templates",
)
KINDS = {".css", ".html", ".js", ".py", ".svg", ".woff2"}


@cache
def release():
    """What makes the pages of this process."""
    return fingerprint(settings.BASE_DIR)


def fingerprint(root):
    """Eight hexadecimal characters that change whenever what makes pages does.

    Read from the files themselves, so that machines with the same code agree. Styles and pictures
    count too: a page names them by their contents.
    """
    digest = hashlib.sha256()
    for folder in MAKES_PAGES:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in KINDS:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
