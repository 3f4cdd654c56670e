"""The intervals of a post's editions: ending them, and removing what has not begun."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Exists, Subquery

from ...desk.clock import step_time_with
from ...desk.post import Post
from ..dates import FOREVER, INSTANT
from ..editions.edition import MAY_BE_AHEAD, Edition
from ..editions.freeze import TELLS_READERS
from ..search import index
from .checkpoint import keep_edition

NewestTwo = tuple[Edition | None, Edition | None]


class Newest(NamedTuple):
    """The number and the interval of a post's newest edition."""

    number: int
    live_from: dt.datetime
    live_until: dt.datetime


def step_moment(post: Post, now: dt.datetime | None = None) -> dt.datetime:
    """The moment of a step with a locked post: later than all that its readers have seen."""
    return step_moment_with_newest(post, now)[0]


def step_moment_with_newest(
    post: Post, now: dt.datetime | None = None
) -> tuple[dt.datetime, Newest | None]:
    """The same, and the newest edition if there is one, in one query.

    What begins or ends within a few seconds may have done so already by another machine's clock,
    so a step comes after it.
    """
    editions = post.editions.order_by("-number")
    fields = (Subquery(editions.values(name)[:1]) for name in Newest._fields)
    moment, *values = step_time_with(post, now, *fields)
    if values[0] is None:
        return moment, None
    newest = Newest(*values)
    for edge in (newest.live_from, newest.live_until):
        if moment <= edge <= moment + MAY_BE_AHEAD:
            moment = edge + INSTANT
    return moment, newest


def remove_pending(
    post: Post, *, now: dt.datetime, newest_first: NewestTwo | None = None
) -> Edition | None:
    """Remove editions that have not gone live, and let the one before them run on.

    Their notes to readers go back to the desk copy (not saved here), unless that has a newer
    one. Returns the newest edition that is left, or None. `newest_first` are the `newest_two`, if
    they are at hand.
    """
    starts = None
    newest, before = newest_first or newest_two(post)
    while newest and newest.live_from > now:
        return_change_to_desk(post, newest, is_only=before is None)
        keep_edition(post, newest, now=now)
        newest.delete(now=now)
        at_its_address = post.editions.filter(posted_on=newest.posted_on, slug=newest.slug)
        addresses = post.addresses.filter(posted_on=newest.posted_on, slug=newest.slug)
        addresses.exclude(Exists(at_its_address)).delete()
        starts = newest.live_from
        newest, before = newest_two(post) if before and before.live_from > now else (before, None)
    if newest and newest.live_until == starts:
        end(newest, at=FOREVER)
    if starts:
        post.published_version = newest.version if newest else None
    return newest


def status_without_pending(latest: Edition | None, *, now: dt.datetime) -> Post.Status:
    """The status of a post with nothing scheduled, of which this edition is the newest."""
    if latest is None:
        return Post.Status.READY
    return Post.Status.PUBLISHED if latest.live_until > now else Post.Status.WITHDRAWN


def newest_two(post: Post) -> NewestTwo:
    """The newest edition of a post and the one before it, as far as there are any."""
    newest, before, *_none = [*post.editions.order_by("-number")[:2], None, None]
    return newest, before


def return_change_to_desk(post: Post, edition: Edition, *, is_only: bool) -> None:
    """Undo on the desk copy (not saved here) what freezing this edition wrote there."""
    post.removed_number = max(post.removed_number, edition.number)
    if is_only and edition.published_at == edition.live_from == post.published_at:
        post.published_at = None
    if post.change_kind == Post.Change.SILENT and edition.kind in TELLS_READERS:
        post.change_kind = edition.kind
        own = [note for note in edition.notes if note["at"] == edition.live_from.isoformat()]
        post.change_note = own[-1]["note"] if own else ""
        post.change_place = own[-1].get("place", Post.NotePlace.FOOT) if own else post.change_place


def next_number(post: Post, before: Edition | None) -> int:
    """The number of the next edition; the number of a removed one is not given again."""
    return max(before.number if before else 0, post.removed_number) + 1


def end(edition: Edition, *, at: dt.datetime) -> None:
    """Set the moment an edition stops being live, here, in every list and in the search index."""
    edition.live_until = at
    edition.save(update_fields=["live_until"])
    edition.topic_listings.update(live_until=at)
    edition.author_listings.update(live_until=at)
    index.end(edition, at=at)
