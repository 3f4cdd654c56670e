"""The links of a story as readers see it, as far as they lead to pages of ours."""

import datetime as dt
import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

_HREF = re.compile(r'<a\s[^>]*?href="([^"]*)"')
LONGEST = 500
"""Characters of an address that is looked at: no page of ours has a longer one."""
MOST = 200
"""Addresses of one story that are looked at."""


class StoryPlace(NamedTuple):
    """The day and the slug that an address of a story is made of."""

    posted_on: dt.date
    slug: str


def addresses_in(body: list[dict]) -> set[str]:
    """The addresses that a body leads to, as they stand in it: in its texts and its links."""
    found: set[str] = set()
    for piece in body:
        found.update(unescape(href) for href in _HREF.findall(piece.get("html", "")))
        found.update(link["url"] for link in piece.get("links", ()) if link["url"])
    return set(sorted(address for address in found if len(address) <= LONGEST)[:MOST])


def own_path(address: str, hosts: set[str]) -> str | None:
    """The path of a page of ours that an address leads to; None for any other address."""
    try:
        parts = urlsplit(address.strip())
        path, host = unquote(parts.path, errors="strict"), parts.hostname
    except ValueError:
        return None
    if host:
        is_ours = parts.scheme in {"", "http", "https"} and host in hosts
    else:
        is_ours = not parts.scheme and path.startswith("/")
    if not is_ours or path.startswith((settings.STATIC_URL, settings.MEDIA_URL)):
        return None
    return path or "/"


def own_hosts() -> set[str]:
    """The hosts under which readers reach the site."""
    named = {host.lower() for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))}
    return named | {urlsplit(settings.SITE_URL).hostname or ""} - {""}


def page_at(path: str) -> StoryPlace | str | None:
    """What a path of ours names: the place of a story, the name of another page, or nothing."""
    for tried in candidates(path):
        try:
            page = resolve(tried)
        except Resolver404:
            continue
        if page.url_name != "story":
            return page.view_name
        parts = page.kwargs
        try:
            posted_on = dt.date(parts["year"], parts["month"], parts["day"])
        except ValueError:
            return None
        return StoryPlace(posted_on, parts["slug"])
    return None


def candidates(path: str) -> Iterator[str]:
    """A path, and the one that the site redirects it to."""
    yield path
    if not path.endswith("/"):
        yield f"{path}/"
