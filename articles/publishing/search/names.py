"""Names: the topics and authors that are meant by what was typed, where they have live stories."""

from dataclasses import dataclass, field
from itertools import chain

from django.db.models import Exists, IntegerField, OuterRef, Q, Value

from ...library.author import Author
from ...library.topic import Topic, TopicAlias
from ..listing import AuthorListing, TopicListing
from .entry import SearchWord
from .guess import OFFERED, SHORTEST_BEGINNING, begins_with, near_words
from .patterns import beginning_of
from .query import tidy, typed
from .words import fold, site_language

MOST_WORDS = 8
LONGEST_NAME = 4
"""Words of a name that is looked for inside a longer question."""
MOST_AUTHORS = 4


@dataclass
class Names:
    """Topics and authors, the likeliest first; and, if asked for, rows of `near_words`."""

    topics: list = field(default_factory=list)
    authors: list = field(default_factory=list)
    words: list = field(default_factory=list)


def names_like(words, *, at, authors=True, near=False):
    """The Names that begin as these words do, or stand among them; in one query."""
    said = [found.group() for found in typed(tidy(words))][:MOST_WORDS]
    addresses = _addresses(said)
    parts = []
    if addresses and len(addresses[0]) >= SHORTEST_BEGINNING:
        parts.append(_topics(addresses, at=at))
        if authors:
            parts.append(_authors(said, addresses, at=at))
    rows = near_words(words) if near else None
    if rows is not None:
        parts.append(_words(rows))
    found = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else chain(*parts)
    names = Names()
    for what, pk, name, slug, count in found:
        if what == "word":
            names.words.append((name, slug, count))
        elif what == "topic":
            names.topics.append(Topic(pk=pk, name=name, slug=slug))
        else:
            names.authors.append(Author(pk=pk, name=name, slug=slug))
    for things, most in ((names.topics, OFFERED), (names.authors, MOST_AUTHORS)):
        things.sort(key=lambda thing: _likeness(thing, addresses))
        del things[most:]
    return names


def _addresses(said):
    """The addresses that names made of these words have, the whole of them first: with accents and
    without, and those of each few words in a row."""
    stops = site_language().stops
    runs = [said] + [
        said[start : start + length]
        for length in range(LONGEST_NAME, 0, -1)
        for start in range(len(said) - length + 1)
        if length < len(said) and not all(fold(each) in stops for each in said[start:][:length])
    ]
    forms = ("-".join(map(form, run)) for run in runs if run for form in (fold, str.lower))
    return list(dict.fromkeys(forms))


def _topics(addresses, *, at):
    whole = begins_with("slug", addresses[0]) | Q(slug__in=addresses)
    lines = TopicListing.objects.live(at).filter(topic=OuterRef("pk"))
    other_names = TopicAlias.objects.filter(whole).values("topic")
    topics = Topic.objects.filter(whole | Q(pk__in=other_names)).filter(Exists(lines))
    return _rows("topic", Topic, topics.order_by("slug")[: OFFERED * 2])


def _authors(said, addresses, *, at):
    named = Q(slug__in=[address for address in addresses if "-" in address])
    if len(said) <= LONGEST_NAME + 1:
        parts = [Q(name__regex=beginning_of(word)) for word in said]
        named |= Q(*parts) if any(len(word) > 2 for word in said) else Q(slug=addresses[0])
    lines = AuthorListing.objects.live(at).filter(author=OuterRef("pk"))
    authors = Author.objects.filter(named).filter(Exists(lines))
    return _rows("author", Author, authors.order_by("slug")[: MOST_AUTHORS * 2])


def _rows(what, model, some):
    # SQLite limits no part of a union, but what a part asks for.
    rows = model.objects.filter(pk__in=some.values("pk"))
    return rows.order_by().values_list(
        Value(what), "pk", "name", "slug", Value(0, output_field=IntegerField())
    )


def _words(rows):
    nobody = Value(0, output_field=IntegerField())
    words = SearchWord.objects.filter(pk__in=rows.values("pk"))
    return words.order_by().values_list(Value("word"), nobody, "shown", "word", "count")


def _likeness(thing, addresses):
    """How like a name is to what was typed: all of it first, then what begins so, then parts."""
    slug = fold(thing.slug)
    whole = addresses[0]
    return slug != whole, not slug.startswith(whole), -len(slug) if slug in whole else 0, slug
