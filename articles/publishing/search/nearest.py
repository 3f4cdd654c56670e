"""When nothing matches: the stories that have most of the words of a query."""

import datetime as dt
from dataclasses import replace
from itertools import chain

from ...library.words.query import Query, Term
from ..editions.edition import Edition
from .entry import place_of
from .filters import NO_FILTERS, SearchFilters
from .index import stems_of
from .matching import PAGE_SIZE, day_number, freshness, newest
from .snippets import mark_all

MAX_RANKED = 40
"""How many of the newest near matches are ranked; the best of them are shown."""
WEIGHTS = (1, 0.4, 0.2, 0.05)
"""What a word is worth in the headline, the standfirst, the names, the body."""


def nearest(
    query: Query, *, at: dt.datetime, filters: SearchFilters = NO_FILTERS, size: int = PAGE_SIZE
) -> list[Edition]:
    """Live stories with most of the words of a query that found nothing, or with the halves of
    its only word, the best first; in one query, without their sections."""
    near = replace(query, groups=query.nearest)
    terms = {term for group in near.groups for term in group.wanted}
    today = day_number(at)

    def score(edition: Edition) -> tuple[int, float, int]:
        """How many of the terms a story has; where; and how new it is."""
        stems = [set(each) for each in stems_of(edition)]
        weights = [_weight(term, stems) for term in terms]
        place = place_of(edition.published_at)
        # Age counts for less here, because a near match may not be what the reader meant.
        return sum(map(bool, weights)), sum(weights) * freshness(place, today=today) ** 0.5, place

    stories = Edition.objects.live(at).select_related(None).defer("body")
    found = newest(near, stories, at=at, filters=filters, size=MAX_RANKED).editions
    return mark_all(sorted(found, key=score, reverse=True)[:size], near)


def _weight(term: Term, texts: list[set[str]]) -> float:
    """The weight of the first text that has one of the term's alternatives."""
    return next(
        (
            weight
            for weight, stems in zip(WEIGHTS, texts, strict=True)
            if any(stems.issuperset(chain(*alternative)) for alternative in term)
        ),
        0,
    )
