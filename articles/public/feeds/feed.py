"""A feed, before it is written in one of the formats."""

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from ...publishing.urls import absolute
from ..lists.keyset import cursor_pairs, is_first_page
from ..xml_text import xml_safe
from .written import Written, written


@dataclass(frozen=True)
class Feed:
    """What every format says. URLs are absolute; `links` are the further ones, by relation."""

    id: str
    title: str
    description: str
    language: str
    publisher: str
    site_url: str
    page_url: str
    url: str
    links: dict
    entries: list[Written]


def feed_of(channel, request, file, write, *, at):
    """A channel's feed as readers see it at a moment; `write` writes each entry (see `written`)."""
    page_url = absolute(channel.path, request)
    return Feed(
        id=uuid.uuid5(uuid.NAMESPACE_URL, page_url).urn,
        title=xml_safe(channel.title),
        description=xml_safe(channel.description),
        language=channel.lang.code,
        publisher=settings.SITE_NAME,
        site_url=absolute(reverse("front"), request),
        page_url=page_url,
        url=absolute(own_address(channel, request), request),
        links=links_of(channel, request),
        entries=entries_of(channel, request, file, write, at=at),
    )


def entries_of(channel, request, file, write, *, at):
    """The entries of a channel, as `write` gives them."""
    if channel.entries is None:
        return written(channel.page.editions, request, file, write, at=at)
    return [Written(entry.updated, write(entry)) for entry in channel.entries]


def own_address(channel, request):
    """The feed's own path, without parameters that mean nothing here."""
    parts = (channel.query or urlencode(channel.lang.pairs), urlencode(cursor_pairs(request)))
    query = "&".join(part for part in parts if part)
    return f"{request.path}?{query}" if query else request.path


def links_of(channel, request):
    """The feed's other addresses by their relation: previous and next page, and the hub."""
    links = {"previous": channel.page.newer_url, "next": channel.page.older_url}
    links = {rel: absolute(path, request) for rel, path in links.items() if path}
    if (
        settings.WEBSUB_HUB
        and channel.pinged
        and is_first_page(request)
        and not channel.lang.language
    ):
        links["hub"] = settings.WEBSUB_HUB
    return links
