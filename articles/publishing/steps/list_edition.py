"""Placing an edition where readers find it: in lists, in the search, at its address."""

from ..editions.address import Address
from ..editions.listing import AuthorListing, TopicListing
from ..search import index


def list_edition(edition, parts):
    """Put the edition in the lists of its topics and authors, and in the search index."""
    TopicListing.objects.bulk_create(
        TopicListing(topic=topic, edition=edition, **copied(edition))
        for topic in parts.topics[edition.post_id]
    )
    AuthorListing.objects.bulk_create(
        AuthorListing(author=author, edition=edition, **copied(edition))
        for author in parts.authors[edition.post_id]
    )
    index.add([edition])


def keep_address(edition):
    """Give the edition's address to its story for ever, unless a story has it already.

    Whoever publishes another story at that address at the same moment is waited for.
    """
    Address.objects.bulk_create(
        [Address(posted_on=edition.posted_on, slug=edition.slug, post_id=edition.post_id)],
        ignore_conflicts=True,
    )


def copied(edition):
    """The fields of an edition that its lines in lists carry too."""
    return {
        "published_at": edition.published_at,
        "post_id": edition.post_id,
        "live_from": edition.live_from,
        "live_until": edition.live_until,
    }
