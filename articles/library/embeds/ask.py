"""What a provider says of an address, asked by our server when an editor wants it."""

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..characters import tidy
from ..fetching.fetch import fetch
from ..fetching.target import FetchRefused
from .match import embeddable_at
from .place import place_of
from .providers import providers_of

SAID_LIMIT = 1024 * 1024
"""Bytes of an answer."""
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Said:
    """The title and the address of the picture; each empty where the provider told none."""

    title: str = ""
    picture: str = ""


def ask_provider(url: str) -> Said:
    """What the provider of an address says of it. Raises FetchRefused with one sentence."""
    found, address = embeddable_at(url), oembed_of(url)
    if found is None or not address:
        raise FetchRefused(_("This site tells nothing of what it has: write the title yourself."))
    try:
        said = json.loads(fetch(address, limit=SAID_LIMIT).body)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise FetchRefused(_("“%s” answered something that is not to be understood.") % found.name)
    title, picture = said.get("title"), said.get("thumbnail_url")
    return Said(
        title=" ".join(tidy(title).split())[:LONGEST_TITLE] if isinstance(title, str) else "",
        picture=picture if isinstance(picture, str) and place_of(picture) else "",
    )


def oembed_of(url: str) -> str:
    """Where the provider of an address tells what is there; empty where none does."""
    found, place = embeddable_at(url), place_of(url)
    if found is None or place is None or not found.provider.oembed:
        return ""
    return found.provider.oembed.format(url=place.quoted)


def name_at(url: str) -> str:
    """The name of the provider whose host an address has, also where nothing can be shown of it."""
    place = place_of(url)
    if found := embeddable_at(url):
        return found.name
    return next((each.name for each, _form in providers_of(place.host)), "") if place else ""
