"""Which addresses in a story on the desk lead nowhere, asked before readers may follow them."""

from urllib.parse import urlsplit

from django.db.models import DateField, F, Value
from django.db.models.functions import Cast

from ...desk.post import Post
from ..editions.address import Address, slugs_at
from ..old_addresses.find import keys_asked
from ..old_addresses.old_address import OldAddress
from .links import StoryPlace, own_hosts, own_path, page_at


def dead_among(addresses: set[str]) -> set[str]:
    """Those of some addresses that lead to a page of ours that is gone, or never was. One query, if
    any of them is ours.

    It asks less than the check of live stories: a story that is published by its status is there.
    """
    hosts = own_hosts()
    paths = {address: own_path(address, hosts) for address in addresses}
    pages = {address: page_at(path) for address, path in paths.items() if path is not None}
    asked = {address: page for address, page in pages.items() if not isinstance(page, str)}
    if not asked:
        return set()
    keys = {
        address: keys_asked(paths[address] or "/", urlsplit(address.strip()).query)
        for address in asked
    }
    places = {page for page in asked.values() if isinstance(page, StoryPlace)}
    at = {(place.posted_on, slug): place for place in places for slug in slugs_at(*place)}
    there, old = _statuses(at, {key for some in keys.values() for key in some})
    dead = set()
    for address, page in asked.items():
        known = [old[key] for key in keys[address] if key in old]
        status = there.get(page, known[0] if known else Post.Status.WITHDRAWN)
        if status and status != Post.Status.PUBLISHED:
            dead.add(address)
    return dead


def _statuses(
    at: dict, keys: set[str]
) -> tuple[dict[StoryPlace | None, str], dict[str, str | None]]:
    """The statuses of the stories at places, {(day, slug): place}, and of those at old addresses,
    which may lead to something else: then there is none."""
    stories = Address.objects.filter(
        posted_on__in={day for day, _slug in at}, slug__in={slug for _day, slug in at}
    ).values_list("slug", "posted_on", F("post__status"))
    no_day = Cast(Value(None), DateField())
    elsewhere = OldAddress.objects.filter(key__in=keys).annotate(day=no_day)
    rows = stories.order_by().union(
        elsewhere.order_by().values_list("key", "day", F("story__status")), all=True
    )
    there: dict[StoryPlace | None, str] = {}
    old: dict[str, str | None] = {}
    for name, day, status in rows:
        if day is None:
            old[name] = status
        elif (day, name) in at:
            there[at[day, name]] = status
    return there, old
