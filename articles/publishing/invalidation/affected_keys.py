"""What a change touches, as keys that caches are to forget."""

from django.conf import settings
from django.db.models import Exists, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast
from django.db.models.lookups import IsNull

from ...library.author import Author
from ...library.topic import Topic
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
    front_key,
    section_key,
    story_key,
    topic_key,
)

KEYS = {
    "story": story_key,
    "section": section_key,
    "topic": topic_key,
    "author": author_key,
    "banner": lambda pk: SITE_KEY,
    "names": lambda pk: NAMES_KEY,
    "language": lambda pk: SITE_KEY,
}


def by_story(post, *, now):
    """The keys of every page that a step of a post's changes, at once or at the step's moment.

    The editions that were live until now, are, or will be say where it stands; so do the places
    it is pinned to, and a banner that leads to it. Where it stands depends on its translations, and
    where they stand on it, so it is asked of all of them. One query, and none before the keys are
    wanted.
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
    for kind, which in places[0].union(*places[1:]):
        yield KEYS[kind](which)


def _alone_in(listing, field, post, own, *, now):
    """A story's own lines in the lists of topics or authors that no other live story stands in."""
    others = listing.objects.live(now).filter(**{field: OuterRef(field)}).exclude(post=post)
    return listing.objects.filter(~Exists(others), **own)


def _alone_in_language(editions, post, *, now):
    """Those that alone are told in their language: with them every page gains or loses its name."""
    same = Edition.objects.live(now).filter(language=OuterRef("language")).exclude(post=post)
    alone = IsNull(Subquery(same.order_by().values("pk")[:1]), True)
    return editions.exclude(language=settings.LANGUAGE_CODE).filter(alone)


def _named(kind, rows, column):
    """Rows as pairs: what they name, and which one, as text."""
    return rows.order_by().values_list(Value(kind), Cast(column, TextField()))


def by_front(section):
    """The keys of every page that shows a front's pins."""
    return [front_key(section)]


def by_picture(photo):
    """The keys of the pages of topics and authors that show this picture."""
    yield from map(topic_key, Topic.objects.filter(picture=photo).values_list("pk", flat=True))
    yield from map(author_key, Author.objects.filter(picture=photo).values_list("pk", flat=True))


def moments_of(rows, *, now):
    """The moments after now at which these rows, on the site for a time, begin and end."""
    for begins, ends in rows.filter(live_until__gt=now).values_list("live_from", "live_until"):
        yield from (moment for moment in (begins, ends) if now < moment < FOREVER)
