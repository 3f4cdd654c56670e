"""Listings: one line in a topic's or an author's list."""

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, OuterRef, Subquery
from django.db.models.sql.compiler import SQLCompiler

from ...desk.post import Post
from ...library.author import Author
from ...library.naming.addressed import Addressed
from ...library.topic import Topic
from ..dates import FOREVER
from .card_row import card_rows
from .edition import Edition, EditionQuerySet
from .live_intervals import IntervalQuerySet


class ListingQuerySet(IntervalQuerySet):
    def cards(self, *beside: str) -> Self:
        """CardRows of the lines' editions, and columns of the lines beside them."""
        return card_rows(self, "edition__", beside)


class Listing(models.Model):
    """A line in a list. The edition's dates are copied here, so that one index serves a page."""

    published_at = models.DateTimeField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    live_from = models.DateTimeField()
    live_until = models.DateTimeField(default=FOREVER)

    objects = ListingQuerySet.as_manager()

    class Meta:
        abstract = True


class TopicListing(Listing):
    """An edition in a topic's list."""

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="topic_listings", db_index=False
    )
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, related_name="listings", db_index=False
    )

    class Meta:
        indexes = [
            # A topic's page, the list filtered by topic, a topic's feed.
            models.Index(
                fields=["topic", "-published_at", "-post", "live_from", "live_until"],
                name="topic_listing_newest",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["edition", "topic"], name="topic_listing_once"),
        ]

    def __str__(self) -> str:
        return f"{self.topic}: {self.edition}"


class AuthorListing(Listing):
    """An edition in an author's list."""

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="author_listings", db_index=False
    )
    author = models.ForeignKey(
        Author, on_delete=models.PROTECT, related_name="listings", db_index=False
    )

    class Meta:
        indexes = [
            # An author's page, the list filtered by author, an author's feed.
            models.Index(
                fields=["author", "-published_at", "-post", "live_from", "live_until"],
                name="author_listing_newest",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["edition", "author"], name="author_listing_once"),
        ]

    def __str__(self) -> str:
        return f"{self.author}: {self.edition}"


def listing_fields(edition: Edition) -> dict[str, Any]:
    """The fields of an edition that its lines in lists repeat."""
    return {
        "published_at": edition.published_at,
        "post_id": edition.post_id,
        "live_from": edition.live_from,
        "live_until": edition.live_until,
    }


def listed_as(named: Iterable[Addressed]) -> list[int]:
    """The keys of the rows in whose lists a story on these topics, or by these authors, stands."""
    return list(dict.fromkeys(row.listed_as for row in named))


def with_topic_keys(editions: EditionQuerySet, *, most: int) -> EditionQuerySet:
    """Editions with `topic_keys`: primary keys of the topics that list them, joined by commas.

    They come from the listings, so a topic that was merged after the edition was frozen counts as
    the one that it was merged into.
    """
    lines = (
        TopicListing.objects.filter(edition=OuterRef("pk")).order_by("pk").values(number=F("topic"))
    )
    return editions.annotate(topic_keys=Joined(lines[:most]))


def with_author_slugs(rows: models.QuerySet, edition: str = "pk") -> models.QuerySet:
    """Rows with `author_slugs`: the present slugs of their editions' authors, joined by slashes,
    in the order of the byline."""
    return rows.annotate(author_slugs=_slugs_of(AuthorListing, "author", edition))


def with_topic_slugs(editions: EditionQuerySet) -> EditionQuerySet:
    """Editions with `topic_slugs`: the present slugs of their topics, in the editors' order."""
    return editions.annotate(topic_slugs=_slugs_of(TopicListing, "topic", "pk"))


def _slugs_of(listing: type[TopicListing | AuthorListing], kind: str, edition: str) -> "Joined":
    lines = listing.objects.filter(edition=OuterRef(edition)).order_by("pk")
    return Joined(lines.values(number=F(f"{kind}__slug"))[:MAX_NAMES], between="/")


MAX_NAMES = 100
"""Authors or topics of one story: more than a form lets in."""


class Joined(Subquery):
    """The values of a bounded subquery, joined into one text."""

    template = "(SELECT GROUP_CONCAT(number, '%(between)s') FROM (%(subquery)s) AS few)"
    output_field = models.TextField()

    def __init__(self, queryset: models.QuerySet, between: str = ",") -> None:
        super().__init__(queryset, between=between)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple:
        template = "(SELECT STRING_AGG(number::text, '%(between)s') FROM (%(subquery)s) AS few)"
        return self.as_sql(compiler, connection, template=template)


def shortest_first(entry: tuple[type[Listing], str, Any]) -> tuple[bool, float]:
    """A sort key for lists (model, field, row): short ones first, then those that reach back
    furthest, as far as the rows' `reaches_back` tells."""
    reach = getattr(entry[2], "reaches_back", None)
    return (reach is not None, reach.timestamp() if reach else 0)
