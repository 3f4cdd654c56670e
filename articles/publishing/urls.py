"""Absolute URLs, and the paths of feeds: each list of stories has one in every format."""

from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest

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
        return urljoin(settings.SITE_URL + "/", path)
    if request is None:
        raise ValueError("NEWSROOM_SITE_URL is not set")
    return request.build_absolute_uri(path)
