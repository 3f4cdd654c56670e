"""Surrogate keys in the headers of a response: what a CDN purges it by."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpResponseBase

from ...publishing.editions.edition import Edition
from ...publishing.surrogate_keys import LISTS_KEY, SITE_KEY, story_key

MAX_KEYS = 64
"""A page with more keys than these has LISTS_KEY in place of its stories' keys."""


def story_keys(editions: Iterable[Edition]) -> set[str]:
    """The keys of the stories of some editions."""
    return {story_key(edition.uuid) for edition in editions}


def keys_of(response: HttpResponseBase) -> set[str]:
    """The keys of a response: its `keys`, if its view set them, else LISTS_KEY; and SITE_KEY."""
    return limited({SITE_KEY, *getattr(response, "keys", (LISTS_KEY,))})


def add_surrogate_headers(response: HttpResponseBase) -> None:
    """Write the keys into the headers; only where a CDN is purged, else nobody reads them."""
    if settings.PURGE:
        keys = sorted(keys_of(response))
        response.headers["Surrogate-Key"] = " ".join(keys)
        response.headers["Cache-Tag"] = ",".join(keys)


def limited(keys: set[str]) -> set[str]:
    """These keys, or fewer and coarser ones: every change of a story stamps LISTS_KEY too."""
    if len(keys) <= MAX_KEYS:
        return keys
    return {key for key in keys if not key.startswith("story-")} | {LISTS_KEY}
