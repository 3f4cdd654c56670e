"""Old addresses of what an import brought: stories, names, pictures and feeds."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.db.models import Q
from django.urls import Resolver404, resolve

from ..library.naming.old_paths import path_key
from ..library.urls import path_of
from ..publishing.editions.address import Address
from ..publishing.invalidation.invalidate import invalidate
from ..publishing.old_addresses.edit import add_missing
from ..publishing.old_addresses.old_address import OldAddress
from ..publishing.urls import FEED_FILES
from .names import AUTHOR, SECTION, TOPIC
from .options import Options
from .scratch import Scratch

if TYPE_CHECKING:
    from .storing.plan import Plan

_OURS = re.compile(r"/(\d{4})/(\d\d)/(\d\d)/([^/]+)")
MOST_PARENTS = 10
AT_ONCE = 1_000
LISTS = {"topic", "author", "section", "year", "month", "day", "story"}
"""Our addresses that are only there when their row is; the others always answer."""


def note_addresses(plans: "list[Plan]", options: Options) -> None:
    """Let the old addresses of some stored stories lead to them; those that are taken are named."""
    rows, owners = [], {}
    for plan in plans:
        for address in plan.incoming.addresses:
            if (key := path_key(address)) and key not in owners:
                owners[key] = plan
                rows.append(
                    OldAddress(key=key, was="story", source=options.source, story_id=plan.post.pk)
                )
    for row in add_missing(rows):
        owners[row.key].tell("old_address_taken", row.key)
    for key, post in taken_by_ours(owners):
        if post != owners[key].post.pk:
            owners[key].tell("old_address_is_ours", key)


def taken_by_ours(keys: Iterable[str]) -> Iterator[tuple[str, int | None]]:
    """(key, post) of old addresses at which a page of ours is; None for one that is no story."""
    stories = {}
    for key in keys:
        if found := _OURS.fullmatch(key):
            year, month, day, slug = found.groups()
            try:
                stories[dt.date(int(year), int(month), int(day)), slug] = key
            except ValueError:
                continue
        elif is_always_ours(key):
            yield key, None
    if stories:
        days, slugs = zip(*stories, strict=True)
        found = Address.objects.filter(Q(posted_on__in=set(days), slug__in=set(slugs)))
        for day, slug, post in found.values_list("posted_on", "slug", "post"):
            if (day, slug) in stories:
                yield stories[day, slug], post


def is_always_ours(key: str) -> bool:
    for path in (f"{key}/", key):
        with suppress(Resolver404):
            return resolve(path).url_name not in LISTS
    return False


def note_name_addresses(scratch: Scratch, options: Options) -> None:
    """The addresses of categories, tags and authors, and of their feeds and the site's."""
    add_and_tell(scratch, name_addresses(scratch, options))


def name_addresses(scratch: Scratch, options: Options) -> Iterator[OldAddress]:
    places = scratch.rows("SELECT kind, pattern, feed FROM places ORDER BY kind, pattern")
    parents = dict(scratch.rows("SELECT key, parent FROM terms"))
    for kind, key, goes, pk in scratch.stream(
        "SELECT kind, key, goes, pk FROM names WHERE pk NOT NULL ORDER BY kind, key"
    ):
        for _kind, pattern, feed in (place for place in places if place[0] == kind):
            for name in {key, below(key, parents) if kind == "category" else key}:
                address = path_key(pattern.format(quote(name, safe="/%")))
                if address:
                    thing = {TOPIC: "topic_id", AUTHOR: "author_id", SECTION: "section_id"}[goes]
                    row = OldAddress(key=address, was=kind, source=options.source)
                    row.to_feed = bool(feed)
                    setattr(row, thing, pk)
                    yield row
    for _kind, pattern, _feed in (place for place in places if place[0] == "site"):
        path = path_of("feed", FEED_FILES[0])
        yield OldAddress(key=path_key(pattern), was="feed", source=options.source, path=path)


def below(key: str, parents: dict[str, str]) -> str:
    """A category with those above it, as its address has them."""
    path, above = [key], parents.get(key, "")
    while above and above not in path and len(path) < MOST_PARENTS:
        path.insert(0, above)
        above = parents.get(above, "")
    return "/".join(path)


def note_picture_addresses(scratch: Scratch, options: Options) -> None:
    """The addresses of uploads and of the pages that they had, for pictures that came."""
    sql = (
        "SELECT DISTINCT pages.key, pictures.photo FROM attachment_pages pages"
        " JOIN attachments ON attachments.id = pages.id"
        " LEFT JOIN files ON files.key = attachments.key"
        " JOIN pictures ON pictures.name = coalesce(files.name, attachments.address)"
        " WHERE pictures.photo NOT NULL ORDER BY pages.key"
    )
    others = "SELECT address, photo FROM used ORDER BY address"
    used = ((path_key(address), photo) for address, photo in scratch.stream(others))
    add_and_tell(
        scratch,
        (
            OldAddress(key=key, was="picture", source=options.source, picture_id=photo)
            for key, photo in chain(scratch.stream(sql), used)
            if key
        ),
    )


def add_and_tell(scratch: Scratch, rows: Iterable[OldAddress]) -> None:
    """Store them, some at a time; those that are taken are named."""
    rows, before = iter(rows), OldAddress.objects.count()
    while some := list(islice(rows, AT_ONCE)):
        for row in add_missing(some):
            scratch.problem("", "old_address_taken", row.key)
        for key, _post in taken_by_ours(row.key for row in some):
            scratch.problem("", "old_address_is_ours", key)
    if OldAddress.objects.count() > before:
        invalidate()
