"""Finding live stories that match a query, in the order of time or the most relevant first.

One statement finds a page of results (`backends/sql.py`). It first asks the index of words for up
to MAX_FEW live entries, in no order. If there are fewer, they are counted and sorted. If there are
more, the word is common, so walking the stories in date order soon meets enough matches. Relevance
is then computed only for the newest.
"""

import datetime as dt
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any

from django.db.models import BigIntegerField, DateTimeField, QuerySet, Subquery
from django.db.models.functions import Coalesce, Trunc

from ...library.bounded_dict import BoundedDict
from ...library.days import FIRST_DAY, starts
from ...library.words.query import Query, parse
from ..compiled_query import CompiledQuery
from ..database_routing import read_connection
from ..dates import FOREVER, SECOND
from ..editions.edition import NOT_IN_RESULTS, Edition
from .backends import backend
from .backends.sql import Lookup, fetch_all, named
from .entry import EPOCH, HIGHEST, LOWEST, ROOM, edge_of_second, time_of
from .filters import NO_FILTERS, SearchFilters
from .snippets import mark_all

PAGE_SIZE = 20
MAX_FEW = 10_000
"""Up to this many matches are sorted; beyond it, the stories are walked in date order."""
MAX_FEW_CLOSELY = 3_000
"""The same when each match has to be checked: for a phrase, a list or a date range."""
MAX_SCORED = 400
"""Matches, the newest, whose relevance is computed."""
MAX_BEST_PAGES = MAX_SCORED // PAGE_SIZE
WALK_WINDOW = 10_000
"""Stories that one step of a walk looks at."""
LIST_WINDOW = 1_500
"""Lines of a topic's or an author's list that one step looks at."""
KNOWN_COMMON = dt.timedelta(minutes=10)
"""How long a query that very many stories matched is not counted again: reading the index of
a common word costs more than the walk, and its count is only shown as "more than"."""
MAX_KNOWN_COMMON = 10_000
DAYS_TO_HALF_RELEVANCE = 180
"""Days after which a story is half as relevant; after twice as many a third."""

place_edition_score = attrgetter("place", "edition_id", "score")
Hit = tuple[Any, ...]
"""(place, edition_id, score), and perhaps what was read with it."""


_common = BoundedDict(MAX_KNOWN_COMMON)
"""Queries with very many matches, and the moment at which that was so."""


@dataclass
class Results:
    """Editions found.

    `count` is how many there are, or None when there are more than are counted; `many` says
    that the stories were walked, and `met` how many matches were met where the walk stopped short
    of enough. `newer` and `older` are places to go on from in the order of time, or None; `more`
    says whether another page follows when the most relevant come first.
    """

    query: Query
    editions: list[Edition] = field(default_factory=list)
    count: int | None = 0
    met: int | None = None
    newer: int | None = None
    older: int | None = None
    more: bool = False
    many: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether a query was given and nothing matches it."""
        return bool(self.query) and self.count == 0

    @property
    def is_one_page(self) -> bool:
        """Whether all that was found stands on one page."""
        return not self.many and bool(self.count) and self.count == len(self.editions)


def search_newest(
    words: str | Query,
    *,
    at: dt.datetime,
    filters: SearchFilters = NO_FILTERS,
    before: int | None = None,
    after: int | None = None,
    size: int = PAGE_SIZE,
) -> Results:
    """Live stories that match, newest first: those older than a place, or newer, or the newest;
    marked, and without their sections."""
    query = parse(words) if isinstance(words, str) else words
    cursor = {"before": before, "after": after}
    results = newest(query, _cards(at), at=at, filters=filters, size=size, counted=True, **cursor)
    if results.many and results.newer is results.older is None:
        results.count = len(results.editions)
    elif results.many and len(results.editions) < size:
        results.met = len(results.editions)
    mark_all(results.editions, query)
    return results


def newest(
    query: Query,
    stories: QuerySet[Edition],
    *,
    at: dt.datetime,
    filters: SearchFilters = NO_FILTERS,
    before: int | None = None,
    after: int | None = None,
    size: int = PAGE_SIZE,
    counted: bool = False,
) -> Results:
    """The same found and read in one statement, as feeds show them: not marked, and counted only
    if `counted`. `stories` are live editions with the columns that the caller shows."""
    if not query:
        return Results(query)
    lookup = _lookup(query, at, filters, before, after, limit=size + 1, counted=counted)
    columns, stories_values = named(stories.order_by(), "story")

    def read(sql: str, values: dict[str, Any]) -> list[Hit]:
        rows = Edition.objects.raw(
            f"SELECT p.place, p.edition_id, p.score, s.* FROM ({sql}) p"  # noqa: S608
            f" LEFT JOIN ({columns}) s ON s.id = p.edition_id",
            values | stories_values,
        )
        return [(*place_edition_score(row), row) for row in rows]

    hits, stopped_at, count = _look_up(lookup, read)
    hits, newer, older = page_of_hits(hits, stopped_at, size=size, before=before, after=after)
    # `stories` checks the live interval again.
    editions = [row for *_, row in hits if row.pk is not None]
    return Results(
        query, editions, count if counted else None, newer=newer, older=older, many=count is None
    )


def search_best(
    words: str | Query,
    *,
    at: dt.datetime,
    filters: SearchFilters = NO_FILTERS,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Results:
    """Live stories that match, marked, the most relevant first; when there are very many, those
    of the newest. Pages are counted from 1."""
    query = parse(words) if isinstance(words, str) else words
    if not query:
        return Results(query)
    results, keys = _best(query, at=at, filters=filters, page=page, size=size)
    results.editions = mark_all(_read(keys, size, at=at), query)
    return results


def _best(
    query: Query, *, at: dt.datetime, filters: SearchFilters, page: int, size: int
) -> tuple[Results, list[int]]:
    """A page of Results without its editions, and their primary keys."""
    lookup = _lookup(query, at, filters, limit=MAX_SCORED + 1, scored=True)
    hits, stopped_at, count = _look_up(lookup)
    results = Results(query, count=count, older=stopped_at, many=count is None)
    if results.many and stopped_at is not None:
        results.met = len(hits)
    elif results.many and len(hits) <= MAX_SCORED:
        results.count = len(hits)
    start, best = (page - 1) * size, best_first(hits[:MAX_SCORED], at=at)
    results.more = start + size < len(best)
    return results, [edition for _, edition, _ in best[start : start + size]]


def _cards(at: dt.datetime) -> QuerySet[Edition]:
    """What results show of live editions. The live interval is checked once more here."""
    return Edition.objects.live(at).select_related(None).defer(*NOT_IN_RESULTS)


def _read(keys: list[int], size: int, *, at: dt.datetime) -> list[Edition]:
    """The live editions of these keys, at most `size`, in their order."""
    if not keys:
        return []
    padded = keys + [0] * (size - len(keys))
    rows = _cards_by_key(size).rows(at=at, **{f"key_{n}": key for n, key in enumerate(padded)})
    found = {edition.pk: edition for edition in rows}
    return [found[key] for key in keys if key in found]


@cache
def _cards_by_key(size: int) -> CompiledQuery:
    def build(at: Any, **keys: Any) -> QuerySet[Edition]:
        return _cards(at).order_by().filter(pk__in=[*keys.values()])

    keys = {f"key_{number}": BigIntegerField() for number in range(size)}
    return CompiledQuery(build, at=DateTimeField(), **keys)


def has_results(query: Query, *, at: dt.datetime, filters: SearchFilters = NO_FILTERS) -> bool:
    """Whether any live story matches."""
    if not query:
        return False
    lookup = _lookup(query, at, filters, limit=1)
    return _look_up(lookup)[2] != 0


def max_few(query: Query, filters: SearchFilters) -> int:
    """How many matches are counted at most."""
    closely = query.has_phrase or filters.lists or filters.is_of_language or filters.in_span
    return min(MAX_FEW, MAX_FEW_CLOSELY) if closely else MAX_FEW


def page_of_hits(
    hits: list[Hit],
    stopped_at: int | None,
    *,
    size: int,
    before: int | None = None,
    after: int | None = None,
) -> tuple[list[Hit], int | None, int | None]:
    """A page of hits that begin with a place: (hits newest first, newer, older)."""
    more, page = len(hits) > size, hits[:size]
    onward = page[-1][0] if more else stopped_at
    if after is not None:
        page.reverse()
        return page, onward, page[-1][0] if page else after + 1
    return page, before and (page[0][0] if page else before - 1), onward


def freshness(place: int, *, today: int) -> float:
    """What the score of a story at this place is multiplied by on a `day_number`: 1 for today's.
    The same all day long, so that pages follow each other."""
    return 1 / (1 + max(0, today - place // ROOM // 86_400) / DAYS_TO_HALF_RELEVANCE)


def day_number(at: dt.datetime) -> int:
    """Days since EPOCH."""
    return (at - EPOCH) // dt.timedelta(days=1)


def best_first(hits: list[Hit], *, at: dt.datetime) -> list[Hit]:
    """Hits, (place, edition, score), the most relevant first; of two that are alike the newer."""
    today = day_number(at)
    return sorted(
        hits, key=lambda hit: ((hit[2] or 0) * freshness(hit[0], today=today), hit[0]), reverse=True
    )


def _lookup(
    query: Query,
    at: dt.datetime,
    filters: SearchFilters,
    before: int | None = None,
    after: int | None = None,
    **options: Any,
) -> Lookup:
    low, high, newer = filters.first_place, filters.last_place, after is not None
    if after is not None:
        low = max(low, after + 1)
    elif before is not None:
        high = min(high, before)
    listing, window = filters.listing, max(WALK_WINDOW, options["limit"])
    if listing is not None:
        listing = _lines(listing.live(at), low, high, newer=newer)
        window = LIST_WINDOW
    return Lookup(
        query=query,
        at=at,
        filters=filters,
        low=low,
        high=high,
        newer=newer,
        enough=_enough(query, filters, at=at),
        lines=listing,
        window=window,
        **options,
    )


def _enough(query: Query, filters: SearchFilters, *, at: dt.datetime) -> int:
    """How many matches are very many: 0, so that none are counted, where many are known."""
    known = _common.get(_count_key(query, filters))
    # A moment far off is the desk's time machine's.
    is_common = known is not None and abs(at - known) < KNOWN_COMMON
    return 0 if is_common else max_few(query, filters) + 1


def _count_key(query: Query, filters: SearchFilters) -> Hashable:
    return read_connection().alias, query.groups, replace(filters, at=None), max_few(query, filters)


def _look_up(
    lookup: Lookup, read: Callable[[str, dict[str, Any]], list[Hit]] = fetch_all
) -> tuple[list[Hit], int | None, int | None]:
    """What `_sorted` says of a Lookup; remembers which queries have very many matches.

    Where they are known and a walk meets too few, stories may have been withdrawn since: then they
    are counted after all.
    """
    hits, stopped_at, count = _sorted(read(*backend().page(lookup)), lookup)
    is_full = len(hits) >= lookup.limit
    if not lookup.enough and not is_full:
        enough = max_few(lookup.query, lookup.filters) + 1
        return _look_up(replace(lookup, enough=enough), read)
    if count is None and lookup.enough and lookup.counted and is_full:
        _common[_count_key(lookup.query, lookup.filters)] = lookup.at
    return hits, stopped_at, count


def _lines(lines: Any, low: int, high: int, *, newer: bool) -> QuerySet[Any]:
    """Lines of a list, (published_at, edition_id): LIST_WINDOW in the order of time, and all that
    share the second of the last one. Within a second lists and places are ordered differently, so
    a step that ended inside one would lose stories."""
    if low > LOWEST:
        lines = lines.filter(published_at__gte=time_of(low))
    if high < HIGHEST:
        lines = lines.filter(published_at__lt=time_of(high - 1) + SECOND)
    ordered = lines.order_by("published_at", "post_id") if newer else lines.newest_first()
    last = ordered.values(second=Trunc("published_at", "second", tzinfo=dt.UTC))
    last = Subquery(last[LIST_WINDOW - 1 : LIST_WINDOW])
    if newer:
        lines = lines.filter(published_at__lt=Coalesce(last, FOREVER) + SECOND)
    else:
        lines = lines.filter(published_at__gte=Coalesce(last, starts(FIRST_DAY)))
    return lines.order_by().values("published_at", "edition_id")


def _sorted(rows: list[Hit], lookup: Lookup) -> tuple[list[Hit], int | None, int | None]:
    """The hits among the rows of a Lookup, in the order of time; where the walk stopped short, in
    whole seconds along a list; and the count of few matches."""
    hits = sorted((row for row in rows if row[1] is not None), key=itemgetter(0))
    if not lookup.newer:
        hits.reverse()
    others = {row[0] is None: row for row in rows if row[1] is None}
    count = int(others[True][2]) if True in others else None
    stopped_at = others[False][0] if False in others else None
    if stopped_at is not None and lookup.lines is not None:
        stopped_at = edge_of_second(stopped_at, later=lookup.newer)
    return hits, stopped_at, count
