"""Which surrogate keys a change affects."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import (
    BigIntegerField,
    DateTimeField,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast
from django.db.models.lookups import IsNull

from ...desk.post import Post
from ...library.author import Author
from ...library.photo import Photo
from ...library.topic import Topic
from ..compiled_query import CompiledQuery
from ..dates import FOREVER
from ..editions.edition import Edition
from ..editions.listing import AuthorListing, TopicListing
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
    after the first three keys.
    """
    yield from (LISTS_KEY, FRONT_KEY, story_key(post.uuid))
    for kind, pk in _AFFECTED.rows(post=post.pk, now=now):
        yield KEY_OF_KIND[kind](pk)


def _affected(post: Any, now: Any) -> QuerySet:
    """Pairs of a kind in KEY_OF_KIND and a primary key, UUID or nothing, as text."""
    own_editions = Edition.objects.filter(post=post, live_until__gte=now).order_by()
    family = own_editions.values("family")
    editions = Edition.objects.filter(family__in=family, live_until__gte=now).order_by()
    topics = TopicListing.objects.filter(edition__in=editions.values("pk"))
    authors = AuthorListing.objects.filter(edition__in=editions.values("pk"))
    pins = Placement.objects.filter(post=post, live_until__gt=now, draft=False)
    banners = Breaking.objects.filter(post=post, live_until__gt=now)
    others = own_editions.exclude(language=settings.LANGUAGE_CODE)
    first, *rest = (
        _pairs("story", editions, "family"),
        _pairs("story", editions, "uuid"),
        _pairs("section", editions, "section"),
        _pairs("topic", topics, "topic"),
        _pairs("author", authors, "author"),
        _pairs("section", pins.filter(section__isnull=False), "section"),
        _pairs("topic", TopicPin.objects.filter(post=post), "topic"),
        _pairs("banner", banners, "pk"),
        # A story that is alone in a language adds it to the navigation, or takes it away; alone in
        # a topic or of an author, its name to the forms.
        _pairs("language", _alone(others, "language", post, now), "pk"),
        _pairs("names", _alone(topics, "topic", post, now), "pk"),
        _pairs("names", _alone(authors, "author", post, now), "pk"),
    )
    return first.union(*rest)


def _pairs(kind: str, rows: QuerySet, column: str) -> QuerySet:
    return rows.order_by().values_list(Value(kind), Cast(column, TextField()))


def _alone(own: QuerySet, column: str, post: Any, now: Any) -> QuerySet:
    """Those of a story's own rows whose column no other live story shares."""
    others = own.model._default_manager.live(now).filter(**{column: OuterRef(column)})
    # A scalar subquery runs row by row; EXISTS might make PostgreSQL read all.
    other = Subquery(others.exclude(post=post).order_by().values("pk")[:1])
    return own.filter(IsNull(other, True))


_AFFECTED = CompiledQuery(_affected, post=BigIntegerField(), now=DateTimeField())


def keys_of_photo(photo: Photo) -> Iterator[str]:
    """The keys of the pages of topics and authors that have this picture."""
    yield from map(topic_key, Topic.objects.filter(picture=photo).values_list("pk", flat=True))
    yield from map(author_key, Author.objects.filter(picture=photo).values_list("pk", flat=True))


def moments_of(rows: QuerySet, *, now: dt.datetime) -> Iterator[dt.datetime]:
    """The moments after now at which these rows go live or end."""
    for begins, ends in rows.filter(live_until__gt=now).values_list("live_from", "live_until"):
        yield from (moment for moment in (begins, ends) if now < moment < FOREVER)
