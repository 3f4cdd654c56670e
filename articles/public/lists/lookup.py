"""Finding the topics and the author that a reader typed, by address, name or other name."""

from operator import itemgetter

from django.db.models import CharField, F, OuterRef, Q, Subquery, Value

from ...library.author import Author
from ...library.naming.names import name_key
from ...library.topic import Topic
from ...publishing.editions.listing import AuthorListing, TopicListing
from ..memo import memo
from .with_stories import authors_with_stories, topics_with_stories

REACH_LINES, MAX_SUGGESTIONS, MAX_NAME_LENGTH = 200, 100, 120


def is_valid_name(name):
    """Whether a text may be asked of a database at all."""
    return 0 < len(name) <= MAX_NAME_LENGTH and "\x00" not in name


def find_named(topics, author, *, at):
    """The topics of these names in the same order, and the author of this name (or ""); None for
    each that there is not. In one query.

    A topic without a live story is not there. Each carries `reaches_back`, see `with_reach`.
    """
    parts = []
    if asked := [name for name in topics if is_valid_name(name)]:
        parts.append(_topics_named(asked, at=at))
    if is_valid_name(author):
        parts.append(_authors_named(author))
    if not parts:
        return [None] * len(topics), None
    found = {"topic": [], "author": []}
    for row in sorted(parts[0].union(*parts[1:], all=True), key=itemgetter("pk")):
        found[row["what"]].append(row)
    return [_topic(name, found["topic"]) for name in topics], _author(found["author"])


def _topics_named(names, *, at):
    matches = Q()
    for name in names:
        matches |= Q(slug__iexact=name) | Q(name_key=name_key(name))
        matches |= Q(aliases__slug__iexact=name) | Q(aliases__name_key=name_key(name))
        matches |= Q(former_slugs__slug=name)
    found = with_reach(topics_with_stories(at).filter(matches), TopicListing, "topic")
    return found.order_by().values(
        "pk",
        "name",
        "slug",
        "reaches_back",
        other_slug=F("aliases__slug"),
        other_name=F("aliases__name"),
        former_slug=F("former_slugs__slug"),
        what=Value("topic"),
    )


def _authors_named(name):
    pen_names = Author.objects.filter(Q(slug__iexact=name) | Q(name_key=name_key(name)))
    matches = Author.objects.filter(
        Q(slug__iexact=name)
        | Q(name_key=name_key(name))
        | Q(former_slugs__slug=name)
        | Q(aliases__slug__iexact=name)
        | Q(aliases__name_key=name_key(name))
        | Q(pk__in=pen_names.values("pen_name_of"))
    )
    matches = matches.filter(pen_name_of=None).distinct()
    nothing = Value(None, output_field=CharField())
    return (
        with_reach(matches, AuthorListing, "author")
        .order_by()
        .values(
            "pk",
            "name",
            "slug",
            "reaches_back",
            other_slug=nothing,
            other_name=nothing,
            former_slug=nothing,
            what=Value("author"),
        )
    )


def _topic(name, rows):
    """The topic that bears this name: by its address, then its name, then another name."""
    for key in ("slug", "name", "other_slug", "other_name", "former_slug"):
        for row in rows:
            if row[key] is not None and name_key(row[key]) == name_key(name):
                return _thing(Topic, row)
    return None


def _author(rows):
    return _thing(Author, rows[0]) if rows else None


def _thing(model, row):
    thing = model(pk=row["pk"], name=row["name"], slug=row["slug"])
    thing.reaches_back = row["reaches_back"]
    return thing


def with_reach(things, listing, field):
    """Topics or authors with `reaches_back`: the moment of their FEW-hundredth newest line.

    The longer ago, the rarer; None for those with fewer lines. It tells, at a
    bounded cost, which of several lists is the short one to walk.
    """
    lines = listing.objects.filter(**{field: OuterRef("pk")}).newest_first()
    moment = lines.values("published_at")[REACH_LINES : REACH_LINES + 1]
    return things.annotate(reaches_back=Subquery(moment))


def suggestions(request, at):
    """Names to offer in the filter form: {"topic": […], "author": […]}, bounded.

    In one query, asked again only when a topic or an author gains a first live story, or loses
    the last.
    """
    return memo(request, "suggestions", lambda: _suggested(at))


def _suggested(at):
    first_topics = topics_with_stories(at).order_by("name").values("pk")[:MAX_SUGGESTIONS]
    first_authors = authors_with_stories(at).order_by("name").values("pk")[:MAX_SUGGESTIONS]
    topics = Topic.objects.filter(pk__in=first_topics).values_list(Value("topic"), "name")
    authors = Author.objects.filter(pk__in=first_authors).values_list(Value("author"), "name")
    offered = {"topic": [], "author": []}
    for what, name in topics.order_by().union(authors.order_by(), all=True):
        offered[what].append(name)
    return {what: sorted(names, key=str.casefold) for what, names in offered.items()}
