"""The timeline of a post's editions: where their intervals end, and what has not begun yet."""

from ..desk.post import Post
from .dates import FOREVER
from .freeze import TELLS_READERS
from .search import index


def remove_pending(post, *, now):
    """Remove editions that have not gone live, and let the one before them run on.

    What they told readers goes back to the desk copy, unless something newer stands there.
    Returns the newest edition that is left, or None.
    """
    starts = None
    while (newest := post.editions.order_by("-number").first()) and newest.live_from > now:
        take_back(post, newest)
        newest.delete(now=now)
        if not post.editions.filter(posted_on=newest.posted_on, slug=newest.slug).exists():
            post.addresses.filter(posted_on=newest.posted_on, slug=newest.slug).delete()
        starts = newest.live_from
    if newest and newest.live_until == starts:
        end(newest, at=FOREVER)
    return newest


def take_back(post, edition):
    """Give the desk copy (not saved here) what it had before this edition was frozen."""
    if edition.number == 1 and edition.published_at == edition.live_from:
        post.published_at = None
    if post.change_kind == Post.Change.SILENT and edition.kind in TELLS_READERS:
        post.change_kind = edition.kind
        own = [note for note in edition.notes if note["at"] == edition.live_from.isoformat()]
        post.change_note = own[-1]["note"] if own else ""


def end(edition, *, at):
    """Set the moment an edition stops being live, here, in every list and in the search."""
    edition.live_until = at
    edition.save(update_fields=["live_until"])
    edition.topic_listings.update(live_until=at)
    edition.author_listings.update(live_until=at)
    index.end(edition, at=at)
