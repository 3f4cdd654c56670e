"""Entries as they are written in a feed, kept in the process while nothing that they show changes.

An edition never changes, but what its entry shows of others may: the section's name, the slugs of
authors, the stories that links lead to, the pictures that the library keeps from others. So a feed
reads these for each entry, and the words of stories only to write an entry for the first time.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings

from ...library.bounded_dict import BoundedDict
from ...publishing.dates import whole_second
from ...publishing.editions.card_row import identity
from ...publishing.editions.edition import Edition
from ...publishing.editions.links import live_targets, read_targets, stories_in, with_targets
from ...publishing.editions.listing import with_author_slugs
from ...publishing.editions.render import body_of
from ...publishing.editions.withheld import with_withheld
from ...publishing.urls import absolute
from ..rendered_once import RenderedOnce
from .content import fetch_old_documents
from .entry import entry_of

kept = RenderedOnce(2_000)
"""Of 6 kB or so each, for stories of 600 words."""

links_of = BoundedDict(20_000)
"""The stories that an edition's links lead to, by their identity: {story}: they never change."""


@dataclass(frozen=True)
class Written:
    """An entry as its format writes it, and when the story was last changed."""

    updated: datetime
    entry: Any


def written(rows, request, file, write, *, at):
    """The entries of some live editions, each as `write` gives it for feeds of this file's name.

    `rows` are those of `channel.for_feed`, or whole editions. In one query at most, if all that
    changed since they were kept are the stories that links lead to, or if some were never kept.
    """
    whole = {row.pk: row for row in rows if isinstance(row, Edition)}
    targets = None if whole else known_targets(rows, at=at)
    if targets is None:
        whole = whole or read_whole(rows, at=at)
        fetch_old_documents(whole.values())
        targets = {identity(each): targets_of(each) for each in whole.values()}
    keys = [key_of(row, file, request, targets[identity(row)]) for row in rows]
    # Looked up once: another thread may empty what is kept.
    found = {key: kept.get(key) for key in keys}
    if not whole and None in found.values():
        whole = read_whole(rows, at=at)
        fetch_old_documents(whole.values())

    def make(row):
        return write(entry_of(whole[row.pk], targets[identity(row)], request, at=at))

    entries = [
        found[key] or kept.once(key, partial(make, row))
        for key, row in zip(keys, rows, strict=True)
    ]
    moments = [whole_second(row.updated_at or row.published_at) for row in rows]
    return list(map(Written, moments, entries))


def key_of(row, file, request, targets):
    """All that an entry shows beside its edition."""
    others = (row.section.name, row.author_slugs, row.withheld, frozenset(targets))
    return (file, absolute("/", request), *identity(row), *others)


def known_targets(rows, *, at):
    """The live stories that each row's links lead to, in one query at most; None if it is not known
    of every row where its links lead."""
    if not settings.FEEDS_IN_FULL:
        return {identity(row): [] for row in rows}
    linked = {identity(row): links_of.get(identity(row)) for row in rows}
    if None in linked.values():
        return None
    live = {each.uuid: each for each in live_targets(set().union(*linked.values()), at=at)}
    return {row: [live[each] for each in links if each in live] for row, links in linked.items()}


def read_whole(rows, *, at):
    """The editions of rows with all that their entries show, {primary key: edition}."""
    editions = Edition.objects.filter(pk__in=[row.pk for row in rows]).order_by()
    whole = whole_entries(editions.select_related("section"), at=at)
    return {each.pk: each for each in whole}


def whole_entries(editions, *, at):
    """Editions with all that their entries show."""
    editions = with_withheld(with_author_slugs(editions))
    if not settings.FEEDS_IN_FULL:
        return editions.defer("document", "refers_to")
    return with_targets(editions, at=at).defer("document")


def targets_of(edition):
    """The live stories that the links of a whole edition lead to; where they lead is kept."""
    if not settings.FEEDS_IN_FULL:
        return []
    links_of[identity(edition)] = stories_in(body_of(edition))
    return read_targets(edition.targets)
