"""Which code is running: part of every page's validator, so that a new release renews pages."""

import hashlib
from functools import cache

from django.conf import settings

MAKES_PAGES = ("articles/public", "articles/publishing", "articles/templatetags", "templates")


@cache
def release():
    """Eight hexadecimal characters that change whenever what makes pages does.

    Read from the files themselves, so that machines with the same code agree.
    """
    digest = hashlib.sha256()
    for folder in MAKES_PAGES:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix in {".py", ".html"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
