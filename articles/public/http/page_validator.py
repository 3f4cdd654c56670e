"""Page validators: the ETag of a page, and what tells until when the page is fresh."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from ...publishing.invalidation.site_stamp import SiteStamp
from .cache_control import fresh_until

MAX_QUERY_LENGTH = 200
"""Longest query string to cache, in characters; longer URLs are one-offs."""


@dataclass(frozen=True)
class Validator:
    """What the page cache stores beside a page.

    `etag` is weak (RFC 9110) and a hash of the content, so that it holds across machines and
    releases. `keys` are the page's surrogate keys, `count` the number of the site's last change
    when it was made, `fresh_until` the moment at which it changes by itself.
    """

    etag: str
    keys: tuple[str, ...]
    count: int
    made_at: datetime
    fresh_until: datetime

    @classmethod
    def of(cls, page: HttpResponse, keys: Iterable[str], site: SiteStamp) -> "Validator":
        """The validator of a page that was made after `site` was read.

        A page that changes by itself at a moment of its own has it as `page.fresh_until`.
        """
        digest = hashlib.sha256(page.content, usedforsecurity=False).hexdigest()[:24]
        own = getattr(page, "fresh_until", None)
        return cls(
            etag=f'W/"{digest}"',
            keys=tuple(sorted(keys)),
            count=site.count,
            made_at=site.read_at,
            fresh_until=fresh_until(site.changes_at, site.read_at, own=own),
        )

    def is_current(self, now: datetime) -> bool:
        """Whether nothing has changed by itself since the page was made."""
        return self.made_at <= now < self.fresh_until


def cache_key(request: HttpRequest) -> str | None:
    """The key of a page in the page cache, from its whole URL; None for one that is not cached."""
    if len(request.META.get("QUERY_STRING", "")) > MAX_QUERY_LENGTH:
        return None
    url = request.build_absolute_uri().encode("utf-8", "surrogatepass")
    return hashlib.sha256(url, usedforsecurity=False).hexdigest()[:24]
