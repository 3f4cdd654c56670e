"""Which surrogate keys a change affects."""

import datetime as dt
from collections.abc import Callable, Iterator

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast
from django.db.models.lookups import IsNull

from ...desk.post import Post
from ...library.author import Author
from ...library.photo import Photo
from ...library.topic import Topic
from ..dates import FOREVER
from ..editions.edition import Edition, EditionQuerySet
from ..editions.listing import AuthorListing, Listing, TopicListing
from ..fronts.breaking import Breaking
from ..fronts.placement import Placement
from ..fronts.topic_pin import TopicPin
from ..surrogate_keys import (
    FRONT_KEY,
    LISTS_KEY,
    NAMES_KEY,
    SITE_KEY,
    author_key,
    section_key,
    story_key,
    topic_key,
)

KEY_OF_KIND: dict[str, Callable[[str], str]] = {
    "story": story_key,
    "section": section_key,
    "topic": topic_key,
    "author": author_key,
    "banner": lambda pk: SITE_KEY,
    "names": lambda pk: NAMES_KEY,
    "language": lambda pk: SITE_KEY,
}


def keys_of_story(post: Post, *, now: dt.datetime) -> Iterator[str]:
    """The keys of every page affected by a change to this post, now or when it takes effect.

    These are the lists and pages of its editions that ended just now, are live, or are scheduled;
    the fronts and topics that it is pinned to; and every page, when a banner leads to it. A list
    shows one of a story's translations, so those of the whole family count. One query, which runs
    when the first key is read.
    """
    yield from (LISTS_KEY, FRONT_KEY, story_key(post.uuid))
    own_editions = post.editions.filter(live_until__gte=now).order_by()
    editions = Edition.objects.filter(
        family__in=own_editions.values("family"), live_until__gte=now
    ).order_by()
    own = {"edition__in": editions.values("pk")}
    still = {"post": post, "live_until__gt": now}
    pins = Placement.objects.filter(**still, draft=False, section__isnull=False)
    places = [
        _named("story", editions, "family"),
        _named("story", editions, "uuid"),
        _named("language", _alone_in_language(own_editions, post, now=now), "pk"),
        _named("section", editions, "section"),
        _named("topic", TopicListing.objects.filter(**own), "topic"),
        _named("author", AuthorListing.objects.filter(**own), "author"),
        _named("section", pins, "section"),
        _named("topic", TopicPin.objects.filter(post=post), "topic"),
        _named("banner", Breaking.objects.filter(**still), "pk"),
        _named("names", _alone_in(TopicListing, "topic", post, own, now=now), "topic"),
        _named("names", _alone_in(AuthorListing, "author", post, own, now=now), "author"),
    ]
    for kind, pk in places[0].union(*places[1:]):
        yield KEY_OF_KIND[kind](pk)


def _alone_in(
    listing: type[Listing], field: str, post: Post, own: dict, *, now: dt.datetime
) -> QuerySet:
    """A story's own lines in the lists of topics or authors with no other live story."""
    others = listing.objects.live(now).filter(**{field: OuterRef(field)}).exclude(post=post)
    return listing.objects.filter(~Exists(others), **own)


def _alone_in_language(editions: EditionQuerySet, post: Post, *, now: dt.datetime) -> QuerySet:
    """The editions that are the only ones in their language, which the navigation then gains or
    loses."""
    same = Edition.objects.live(now).filter(language=OuterRef("language")).exclude(post=post)
    alone = IsNull(Subquery(same.order_by().values("pk")[:1]), True)
    return editions.exclude(language=settings.LANGUAGE_CODE).filter(alone)


def _named(kind: str, rows: QuerySet, column: str) -> QuerySet:
    """Rows as pairs: a kind, and a primary key or UUID as text."""
    return rows.order_by().values_list(Value(kind), Cast(column, TextField()))


def keys_of_photo(photo: Photo) -> Iterator[str]:
    """The keys of the pages of topics and authors that have this picture."""
    yield from map(topic_key, Topic.objects.filter(picture=photo).values_list("pk", flat=True))
    yield from map(author_key, Author.objects.filter(picture=photo).values_list("pk", flat=True))


def moments_of(rows: QuerySet, *, now: dt.datetime) -> Iterator[dt.datetime]:
    """The moments after now at which these rows go live or end."""
    for begins, ends in rows.filter(live_until__gt=now).values_list("live_from", "live_until"):
        yield from (moment for moment in (begins, ends) if now < moment < FOREVER)
