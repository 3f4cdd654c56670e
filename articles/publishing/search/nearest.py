"""When nothing answers: the stories that say most of what was asked."""

from dataclasses import replace

from ..editions.edition import Edition
from .entry import place_of
from .feed_query import newest
from .filters import NOWHERE
from .index import stems_of
from .matching import SIZE, marked_as
from .worth import freshness

LOOKED_AT = 40
"""Stories, the newest that come near, of which the best are shown."""
WEIGHTS = (1, 0.4, 0.2, 0.05)
"""What a word is worth in the headline, the standfirst, the names, the body."""


def nearest(query, *, at, narrowing=NOWHERE, size=SIZE):
    """Live stories with most of the words of a question that found nothing, or with the halves of
    its only word, the best first; in one query, without their sections."""
    near = replace(query, groups=query.nearest)
    if not near:
        return []
    stories = Edition.objects.live(at).select_related(None).defer("body")
    found = newest(near, stories, at=at, narrowing=narrowing, size=LOOKED_AT).editions
    terms = {term for group in near.groups for term in group.wanted}
    found.sort(key=lambda edition: _worth(edition, terms, at=at), reverse=True)
    return marked_as(found[:size], near)


def _worth(edition, terms, *, at):
    """How many of the terms a story has; where; and how new it is."""
    stems = [set(each) for each in stems_of(edition)]
    weights = [_weight(term, stems) for term in terms]
    place = place_of(edition.published_at)
    # Age counts for less here: what comes near is not known to be what was meant.
    return sum(map(bool, weights)), sum(weights) * freshness(place, at=at) ** 0.5, place


def _weight(term, stems):
    return max(
        (
            weight
            for weight, said in zip(WEIGHTS, stems, strict=True)
            for alternative in term
            if said.issuperset(stem for phrase in alternative for stem in phrase)
        ),
        default=0,
    )
