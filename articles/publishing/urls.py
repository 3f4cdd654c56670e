"""Absolute URLs, and the paths of feeds: each list of stories has one in every format."""

from functools import lru_cache
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import iri_to_uri

from ..library.urls import path_of

RSS, ATOM, JSON = "rss.xml", "atom.xml", "feed.json"
FEED_FILES = (RSS, ATOM, JSON)


def feed_paths(name: str, *args: str) -> list[str]:
    """The paths of a list's feeds, one for each format; `name` is that of the feed's URL."""
    return [path_of(name, *args, file) for file in FEED_FILES]


def absolute(path: str, request: HttpRequest | None = None) -> str:
    """The absolute URL of a path, under NEWSROOM_SITE_URL when it is set.

    Raises ValueError when it is not set and there is no request to tell.
    """
    if settings.SITE_URL:
        return _joined(settings.SITE_URL + "/", path)
    if request is None:
        raise ValueError("NEWSROOM_SITE_URL is not set")
    if not hasattr(request, "site_root"):
        request.site_root = request.build_absolute_uri("/")  # type: ignore[attr-defined]
    return _joined(request.site_root, path)  # type: ignore[attr-defined]


@lru_cache(maxsize=16_384)
def _joined(root: str, path: str) -> str:
    """A path under the root of a site, as a URI (RFC 3986). A page names the same few sections,
    topics and stories many times."""
    return iri_to_uri(urljoin(root, path)) or ""
