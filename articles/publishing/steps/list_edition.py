"""Listing an edition where readers find it: in lists, in the search, at its address."""

from ..editions.address import Address
from ..editions.document import Parts
from ..editions.edition import Edition
from ..editions.listing import AuthorListing, TopicListing, listed_as, listing_fields
from ..editions.picture_use import PictureUse, uses_of
from ..editions.recording_use import store_recording_uses
from ..search import index


def list_edition(edition: Edition, parts: Parts) -> None:
    """Put the edition in the lists of its topics and authors and of its pictures' uses, and in the
    search index."""
    fields = {"edition": edition, **listing_fields(edition)}
    TopicListing.objects.bulk_create(
        TopicListing(topic=topic, **fields) for topic in parts.topics[edition.post_id]
    )
    AuthorListing.objects.bulk_create(
        AuthorListing(author_id=key, **fields) for key in listed_as(parts.authors[edition.post_id])
    )
    PictureUse.objects.bulk_create(PictureUse(**use) for use in uses_of([edition], parts.blocks))
    store_recording_uses([edition], parts.blocks)
    index.add([edition])


def keep_address(edition: Edition) -> None:
    """Give the edition's address to its story for ever, unless a story has it already.

    Whoever publishes another story at that address at the same moment waits here.
    """
    Address.objects.bulk_create(
        [Address(posted_on=edition.posted_on, slug=edition.slug, post_id=edition.post_id)],
        ignore_conflicts=True,
    )
