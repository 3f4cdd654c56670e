"""Where addresses of ours lead: to which story, to another page, or nowhere."""

from typing import Any
from urllib.parse import urlsplit

from ..editions.address import Address, slugs_at
from ..old_addresses.find import keys_asked
from ..old_addresses.old_address import OldAddress
from .links import StoryPlace, own_hosts, own_path, page_at

ANOTHER_PAGE = 0
NOWHERE = -1


def ends_of(addresses: set[str]) -> dict[str, int]:
    """The primary key of the post that each address leads to, ANOTHER_PAGE or NOWHERE. Addresses
    that are not ours are left out. At most two queries, however many there are."""
    hosts = own_hosts()
    paths = {address: own_path(address, hosts) for address in addresses}
    pages = {address: page_at(path) for address, path in paths.items() if path is not None}
    posts = posts_at(set(pages.values()))
    ends = {address: _end(page, posts) for address, page in pages.items()}
    lost = {address: paths[address] or "/" for address, end in ends.items() if end == NOWHERE}
    return ends | ends_of_old_addresses(lost)


def _end(page: StoryPlace | str | None, posts: dict[Any, int]) -> int:
    if isinstance(page, StoryPlace):
        return posts.get(page, NOWHERE)
    return ANOTHER_PAGE if page else NOWHERE


def posts_at(pages: set[Any]) -> dict[Any, int]:
    """The posts that have or had these places; pages of other kinds are left out."""
    places = {page for page in pages if isinstance(page, StoryPlace)}
    stored_as = {
        StoryPlace(place.posted_on, slug): place for place in places for slug in slugs_at(*place)
    }
    rows = Address.objects.filter(
        posted_on__in={place.posted_on for place in places},
        slug__in={place.slug for place in stored_as},
    ).values_list("posted_on", "slug", "post_id")
    found = {StoryPlace(day, slug): post for day, slug, post in rows} if places else {}
    return {stored_as[place]: post for place, post in found.items() if place in stored_as}


def ends_of_old_addresses(paths: dict[str, str]) -> dict[str, int]:
    """The same for addresses that are none of ours now, of {address: path}, as far as stories,
    topics or pictures had them on another site."""
    keys = {
        address: keys_asked(path, urlsplit(address.strip()).query)
        for address, path in paths.items()
    }
    rows = OldAddress.objects.filter(key__in={key for some in keys.values() for key in some})
    known = dict(rows.order_by().values_list("key", "story_id")) if paths else {}
    return {
        address: next(known[key] or ANOTHER_PAGE for key in some if key in known)
        for address, some in keys.items()
        if known.keys() & some
    }
