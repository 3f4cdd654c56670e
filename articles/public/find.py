"""Finding the topics and the author that a reader typed, by address, name or other name."""

from django.db.models import Exists, OuterRef, Q, Subquery, Value

from ..library.author import Author
from ..library.topic import Topic
from ..publishing.listing import AuthorListing, TopicListing
from .slices import first_of_each
from .topics import with_stories

FEW, OFFERED, LONGEST = 200, 100, 120


def findable(name):
    """Whether a text may be asked of a database at all."""
    return 0 < len(name) <= LONGEST and "\x00" not in name


def find_topics(names, *, at):
    """The topics of these names in the same order, None where there is none; in one query.

    A topic without a live story is not there. Each carries `reaches_back`, see `with_reach`.
    """
    asked = [name for name in names if findable(name)]
    if not asked:
        return [None] * len(names)
    matches = Q()
    for name in asked:
        matches |= Q(slug__iexact=name) | Q(name__iexact=name)
        matches |= Q(aliases__slug__iexact=name) | Q(aliases__name__iexact=name)
    found = with_reach(with_stories(at).filter(matches), TopicListing, "topic").values(
        "pk", "name", "slug", "reaches_back", "aliases__slug", "aliases__name"
    )
    rows = list(found)
    return [_best(name, rows) for name in names]


def _best(name, rows):
    """The topic that bears this name: by its address, then its name, then another name."""
    for key in ("slug", "name", "aliases__slug", "aliases__name"):
        for row in rows:
            if row[key] is not None and row[key].casefold() == name.casefold():
                topic = Topic(pk=row["pk"], name=row["name"], slug=row["slug"])
                topic.reaches_back = row["reaches_back"]
                return topic
    return None


def find_author(name):
    """The author with this address or name, or None."""
    if not findable(name):
        return None
    matches = Author.objects.filter(Q(slug__iexact=name) | Q(name__iexact=name))
    return with_reach(matches, AuthorListing, "author").order_by("pk").first()


def with_reach(things, listing, field):
    """Topics or authors with `reaches_back`: the moment of their FEW-hundredth newest line.

    The longer ago, the rarer; None for those with fewer lines. It tells, at a
    bounded cost, which of several lists is the short one to walk.
    """
    lines = listing.objects.filter(**{field: OuterRef("pk")}).newest_first()
    moment = lines.values("published_at")[FEW : FEW + 1]
    return things.annotate(reaches_back=Subquery(moment))


def suggestions(at):
    """Names to offer in the filter form: {"topic": […], "author": […]}, bounded, in one query."""
    lines = AuthorListing.objects.live(at).filter(author=OuterRef("pk"))
    authors = Author.objects.filter(Exists(lines))
    offered = {"topic": [], "author": []}
    first_topics = with_stories(at).order_by("name")[:OFFERED]
    first_authors = authors.order_by("name")[:OFFERED]
    named = first_of_each([first_topics], "name").annotate(what=Value("topic"))
    named = named.union(
        first_of_each([first_authors], "name").annotate(what=Value("author")), all=True
    )
    for row in named:
        offered[row["what"]].append(row["name"])
    return {what: sorted(names, key=str.casefold) for what, names in offered.items()}
