"""Validators: a page's ETag, and what tells for how long the page is right."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from .cache_control import right_until

LONGEST_QUERY = 200
"""Longest query string to cache, in characters; longer URLs are one-offs."""


@dataclass(frozen=True)
class Validator:
    """What is stored of a page beside its content.

    `etag` is weak (RFC 9110) and made of the content, so that pages that say the same share it,
    whichever machine or release made them. `keys` are the page's surrogate keys, `count` the
    number of the site's last change when it was made, `right_until` the moment at which it
    changes by itself.
    """

    etag: str
    keys: tuple[str, ...]
    count: int
    made_at: datetime
    right_until: datetime

    @classmethod
    def of(cls, page, keys, site):
        """The validator of a page that was made after `site` (a SiteStamp) was read.

        A page that changes by itself at a moment of its own says so (`page.right_until`).
        """
        shown = hashlib.sha256(page.content, usedforsecurity=False).hexdigest()[:24]
        own = getattr(page, "right_until", None)
        return cls(
            etag=f'W/"{shown}"',
            keys=tuple(sorted(keys)),
            count=site.count,
            made_at=site.read_at,
            right_until=right_until(site.changes_at, site.read_at, own=own),
        )

    def is_current(self, now):
        """Whether nothing has changed by itself since the page was made."""
        return self.made_at <= now < self.right_until


def cache_key(request):
    """What tells the page that is asked for from all others; None for one that is not cached."""
    if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
        return None
    asked = request.build_absolute_uri().encode("utf-8", "surrogatepass")
    return hashlib.sha256(asked, usedforsecurity=False).hexdigest()[:24]
