"""Where the feeds are: each list of stories has one in every format, beside its page."""

from urllib.parse import urljoin

from django.conf import settings

from ..library.urls import path_of

RSS, ATOM, JSON = "rss.xml", "atom.xml", "feed.json"
FILES = (RSS, ATOM, JSON)


def feed_addresses(name, *args):
    """The paths of a list's feeds, one for each format; `name` is that of the feed's address."""
    return [path_of(name, *args, file) for file in FILES]


def absolute(path, request=None):
    """The whole address of a path: at the address that the site is known by, when it is set.

    Raises ValueError when it is not set and there is no request to tell.
    """
    if settings.SITE_URL:
        return urljoin(settings.SITE_URL + "/", path)
    if request is None:
        raise ValueError("the address of the site is not set")
    return request.build_absolute_uri(path)
