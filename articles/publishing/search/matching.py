"""Finding: live stories that answer a question, in the order of time or of how well they do.

Two steps keep any word quick. First the index of words gives the live entries, at most COMMON
of them, in no order. Few answers are all at hand then and are sorted here. When there are more,
the word is common, and walking the stories in the order of time meets enough of them soon; how
well they answer is weighed only among the newest.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Subquery
from django.db.models.functions import Coalesce, Trunc

from ..dates import FIRST_DAY, FOREVER, starts
from ..editions.edition import Edition
from .entry import HIGHEST, LOWEST, edge_of_second, moment_of
from .filters import NOWHERE
from .index import backend
from .snippets import Meant, marked, snippet
from .text.document_text import texts_of
from .text.query import Query, parse
from .worth import best_first

SIZE = 20
COMMON = 10_000
"""Answers that are sorted; more are walked."""
CLOSELY = 3_000
"""The same where each of them has to be looked at: words that stand together, a list, a span."""
WEIGHED = 400
"""Answers, the newest, whose worth is weighed."""
PAGES = WEIGHED // SIZE
"""Pages of the best."""
WINDOW = 10_000
"""Stories that one step of a walk looks at."""
LISTED = 1_500
"""Lines of a topic's or an author's list that one step looks at."""
SECOND = dt.timedelta(seconds=1)


@dataclass
class Results:
    """Editions found, each with `marked_headline` and `snippet`, safe markup.

    `count` is how many there are, or None when there are more than are counted; `many` says
    that the stories were walked, and `met` how many answers were met where the walk stopped short
    of enough. `newer` and `older` are places to go on from in the order of time, or None; `more`
    says whether another page follows when the best come first.
    """

    query: Query
    editions: list = field(default_factory=list)
    count: int | None = 0
    met: int | None = None
    newer: int | None = None
    older: int | None = None
    more: bool = False
    many: bool = False

    @property
    def none(self):
        """Whether something was asked, and nothing answers."""
        return bool(self.query) and self.count == 0

    @property
    def is_short(self):
        """Whether all that was found stands on one page."""
        return not self.many and 0 < self.count == len(self.editions)


def search(words, *, at, narrowing=NOWHERE, before=None, after=None, size=SIZE):
    """Live stories that answer, newest first: those older than a place, or newer, or the newest."""
    query = words if isinstance(words, Query) else parse(words)
    results = Results(query)
    if not query:
        return results
    hits, results.count = _found(query, at=at, narrowing=narrowing)
    if hits is not None:
        page = _slice(hits, before=before, after=after, size=size)
    else:
        results.many = True
        page = _walk(query, at=at, narrowing=narrowing, before=before, after=after, size=size)
    hits, results.newer, results.older = page
    if results.newer is None and results.older is None:
        results.count = len(hits)
    elif results.many and len(hits) < size:
        results.met = len(hits)
    results.editions = marked_as(_editions(hits, at=at), query)
    return results


def best(words, *, at, narrowing=NOWHERE, page=1, size=SIZE):
    """Live stories that answer, the best first; when there are very many, the best of the newest.

    Pages are counted from 1.
    """
    query = words if isinstance(words, Query) else parse(words)
    results = Results(query)
    if not query:
        return results
    hits, results.count = _found(query, at=at, narrowing=narrowing, weighed=WEIGHED)
    if hits is None:
        hits, results.older = _newest(query, at=at, narrowing=narrowing)
        results.many, more = True, len(hits) > WEIGHED
        results.count = None if more or results.older is not None else len(hits)
        results.met = None if results.older is None else len(hits)
    hits = best_first(hits[:WEIGHED], at=at)
    start = (page - 1) * size
    results.more = start + size < len(hits)
    results.editions = marked_as(_editions(hits[start : start + size], at=at), query)
    return results


def finds(words, *, at, narrowing=NOWHERE):
    """Whether any live story answers."""
    query = words if isinstance(words, Query) else parse(words)
    return bool(query) and _found(query, at=at, narrowing=narrowing)[1] != 0


def _found(query, *, at, narrowing, weighed=0):
    """All answers as (place, edition, worth), newest first, and how many they are; None, None when
    there are too many. With `weighed` only so many, and their worth."""
    hits, count = backend().found(
        query,
        at=at,
        low=narrowing.low,
        high=narrowing.high,
        most=counted(query, narrowing),
        fits=narrowing.as_sql(),
        weighed=weighed,
    )
    return hits and sorted(hits, reverse=True), count


def counted(query, narrowing):
    """How many answers are counted at most."""
    closely = query.has_phrase or narrowing.listing is not None or narrowing.in_span
    return min(COMMON, CLOSELY) if closely else COMMON


def _newest(query, *, at, narrowing):
    """Of too many answers the newest, and the place where the walk stopped short or None."""
    return _step(
        query,
        at=at,
        narrowing=narrowing,
        low=narrowing.low,
        high=narrowing.high,
        newer=False,
        most=WEIGHED + 1,
        weigh=True,
    )


def _slice(hits, *, before, after, size):
    if after is not None:
        newer = [hit for hit in hits if hit[0] > after]
        page, rest = newer[-size:], len(newer) > size
        return page, _edge(page, 0, rest), page[-1][0] if page and page[-1] != hits[-1] else None
    older = hits if before is None else [hit for hit in hits if hit[0] < before]
    page = older[:size]
    return page, _edge(page, 0, page and page[0] != hits[0]), _edge(page, -1, len(older) > size)


def _edge(page, number, there_is_more):
    return page[number][0] if page and there_is_more else None


def _walk(query, *, at, narrowing, size, before=None, after=None):
    """A page of a common word's answers: (hits newest first, newer, older)."""
    bounds = bounds_of(narrowing, before=before, after=after)
    hits, stopped_at = _step(query, at=at, narrowing=narrowing, **bounds, most=size + 1)
    return page_of(hits, stopped_at, size=size, before=before, after=after)


def bounds_of(narrowing, *, before=None, after=None):
    """Between which places the answers of a page lie, and whether it begins at the older end."""
    low, high, newer = narrowing.low, narrowing.high, after is not None
    if newer:
        low = max(low, after + 1)
    elif before is not None:
        high = min(high, before)
    return {"low": low, "high": high, "newer": newer}


def page_of(hits, stopped_at, *, size, before=None, after=None):
    """A page of the hits of a step: (hits newest first, newer, older). They begin with a place."""
    more, page = len(hits) > size, hits[:size]
    onward = page[-1][0] if more else stopped_at
    if after is not None:
        page.reverse()
        return page, onward, page[-1][0] if page else after + 1
    return page, before and (page[0][0] if page else before - 1), onward


def _step(query, *, at, narrowing, low, high, newer, most, weigh=False):
    """One step of a walk: (hits in its order, the place where it stopped short or None)."""
    bounds = {"low": low, "high": high, "newer": newer}
    way = way_of(narrowing, at=at, **bounds, most=most)
    hits, stopped_at = backend().walk(query, at=at, **bounds, most=most, weigh=weigh, **way)
    return hits, edge_of(stopped_at, narrowing, newer=newer)


def way_of(narrowing, *, at, low, high, newer, most):
    """The way that a step takes: through the stories, of a section perhaps, or along a list."""
    listing = narrowing.listing
    if listing is None:
        return {"section": narrowing.section, "window": max(WINDOW, most)}
    return {"lines": _lines(listing, at=at, low=low, high=high, newer=newer), "window": LISTED}


def edge_of(stopped_at, narrowing, *, newer):
    """The place to go on from where a step stopped short; lists are walked in whole seconds."""
    if stopped_at is None or narrowing.listing is None:
        return stopped_at
    return edge_of_second(stopped_at, later=newer)


def _lines(listing, *, at, low, high, newer):
    """Lines of a list, (published_at, edition_id): LISTED in the order of time, and all that share
    the second of the last one. Within a second lists and places are ordered differently, so a step
    that ended inside one would lose stories."""
    lines = listing.live(at)
    if low > LOWEST:
        lines = lines.filter(published_at__gte=moment_of(low))
    if high < HIGHEST:
        lines = lines.filter(published_at__lt=moment_of(high - 1) + SECOND)
    ordered = lines.order_by("published_at", "post_id") if newer else lines.newest_first()
    last = ordered.values(second=Trunc("published_at", "second", tzinfo=dt.UTC))
    last = Subquery(last[LISTED - 1 : LISTED])
    if newer:
        lines = lines.filter(published_at__lt=Coalesce(last, FOREVER) + SECOND)
    else:
        lines = lines.filter(published_at__gte=Coalesce(last, starts(FIRST_DAY)))
    return lines.order_by().values("published_at", "edition_id")


def _editions(hits, *, at):
    """The editions of these hits in their order, with what a result shows. What readers see is
    asked once more."""
    keys = [edition for _, edition, _ in hits]
    # The usual order of editions asks the desk, and in_bulk needs none.
    cards = Edition.objects.live(at).select_related("section").defer("body").order_by()
    found = cards.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def marked_as(editions, query):
    """These editions, each with its `marked_headline` and `snippet`."""
    meant = Meant(query.stems)
    for edition in editions:
        texts = texts_of(edition)
        edition.marked_headline = marked(edition.headline, meant)
        edition.snippet = not query.common and (
            snippet(texts.body, meant)
            or snippet(texts.standfirst, meant)
            or snippet(texts.names, meant)
        )
    return editions
