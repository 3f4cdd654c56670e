"""Listings: one line in a topic's or an author's list."""

from django.db import models
from django.db.models import F, OuterRef, Subquery

from ...desk.post import Post
from ...library.author import Author
from ...library.topic import Topic
from ..dates import FOREVER
from .edition import Edition
from .live_intervals import IntervalQuerySet


class ListingQuerySet(IntervalQuerySet):
    """Lines of a list."""

    def cards(self):
        """Lines with what a list shows of their editions."""
        return self.select_related("edition__section").defer("edition__document", "edition__body")


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

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="topic_listings")
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

    def __str__(self):
        return f"{self.topic}: {self.edition}"


class AuthorListing(Listing):
    """An edition in an author's list."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="author_listings")
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

    def __str__(self):
        return f"{self.author}: {self.edition}"


def with_topic_keys(editions, *, most):
    """Editions with `topic_keys`: the numbers of the topics of their first lines, commas between.

    By their lines, not as frozen: a topic that was merged since is the one it was merged into.
    """
    lines = (
        TopicListing.objects.filter(edition=OuterRef("pk")).order_by("pk").values(number=F("topic"))
    )
    return editions.annotate(topic_keys=_Joined(lines[:most]))


def with_author_slugs(rows, edition="pk"):
    """Rows with `author_slugs`: where the authors of their editions are now, slashes between, in
    the order of the byline."""
    return rows.annotate(author_slugs=_slugs_of(AuthorListing, "author", edition))


def with_topic_slugs(editions):
    """Editions with `topic_slugs`: where their topics are now, in the editors' order."""
    return editions.annotate(topic_slugs=_slugs_of(TopicListing, "topic", "pk"))


def _slugs_of(listing, kind, edition):
    lines = listing.objects.filter(edition=OuterRef(edition)).order_by("pk")
    return _Joined(lines.values(number=F(f"{kind}__slug"))[:MOST_NAMES], between="/")


MOST_NAMES = 100
"""Authors or topics of one story: more than a form lets in."""


class _Joined(Subquery):
    """The numbers or slugs of a bounded subquery's rows as one text."""

    template = "(SELECT GROUP_CONCAT(number, '%(between)s') FROM (%(subquery)s) AS few)"
    output_field = models.TextField()

    def __init__(self, queryset, between=","):
        super().__init__(queryset, between=between)

    def as_postgresql(self, compiler, connection):
        template = "(SELECT STRING_AGG(number::text, '%(between)s') FROM (%(subquery)s) AS few)"
        return self.as_sql(compiler, connection, template=template)


def by_reach(entry):
    """Sorts lists (model, field, thing): those with few lines first, then those that reach back
    furthest, as far as the things' `reaches_back` tells."""
    reach = getattr(entry[2], "reaches_back", None)
    return (reach is not None, reach and reach.timestamp())
