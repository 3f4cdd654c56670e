"""The timeline of a post's editions: where their intervals end, and what has not begun yet."""

from ..desk.post import Post
from .dates import FOREVER
from .freeze import TELLS_READERS
from .search import index


def remove_pending(post, *, now):
    """Remove editions that have not gone live, and let the one before them run on.

    What they told readers goes back to the desk copy, unless something newer stands there.
    """
    pending = list(post.editions.filter(live_from__gt=now))
    for edition in pending:
        take_back(post, edition)
        edition.delete(now=now)
        if not post.editions.filter(posted_on=edition.posted_on, slug=edition.slug).exists():
            post.addresses.filter(posted_on=edition.posted_on, slug=edition.slug).delete()
    if pending:
        starts = min(edition.live_from for edition in pending)
        for edition in post.editions.filter(live_until=starts):
            end(edition, at=FOREVER)


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
