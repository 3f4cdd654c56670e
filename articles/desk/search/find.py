"""Finding stories on the desk by their words, whatever their state.

The index of words is asked for up to MAX_FEW posts. If there are fewer, they are filtered, counted
and sorted. If there are more, the words are common, and the newest stories are looked through.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from ...library.words.query import Query, parse
from ..post import Post
from .backends import backend
from .spelling import spelt_otherwise

MAX_FEW = 10_000
"""Up to this many matches are counted and sorted."""
WINDOW = 10_000
"""The newest stories that are looked through for common words."""
ENOUGH = 50
"""Stories among the newest that are enough: one page of the list."""
MAX_FOUND = 1_000
"""Stories that are found at most; to reach others one adds a word or a filter."""
MAX_RANKED = 400
"""The newest matches, which are sorted by how well they match."""
DAYS_TO_HALF = 180
"""Days after which a story counts half."""


@dataclass(frozen=True)
class Found:
    """Stories found: their keys in the order in which they are shown.

    `count` is how many there are, or None where the newest were looked through; `meant` are the
    words in the spelling that was searched for instead; `near` says that they have only most of
    the words.
    """

    keys: list[int] = field(default_factory=list)
    count: int | None = 0
    meant: str = ""
    near: bool = False


def find_posts(
    words: str, posts: QuerySet[Post], *, best_first: bool = True, now: dt.datetime | None = None
) -> Found:
    """Those of some posts that say what was typed: the best first, or the last saved."""
    now = now or timezone.now()
    query = parse(words)
    if not query:
        return Found()
    found = _find(query, posts, best_first, now)
    if found.keys:
        return found
    if corrected := spelt_otherwise(words):
        meant, query = corrected
        found = _find(query, posts, False, now)
        if found.keys:
            return replace(found, meant=meant)
    if query.nearest and len(query.groups[0].wanted) > 1 and not query.is_quoted:
        return replace(_find(replace(query, groups=query.nearest), posts, True, now), near=True)
    return found


def _find(query: Query, posts: QuerySet[Post], best_first: bool, now: dt.datetime) -> Found:
    keys = backend().found(query, MAX_FEW + 1)
    if keys is None or len(keys) > MAX_FEW:
        found = _among_newest(query, posts, best_first, now)
        # Else the guess was wrong, or the filters leave little of common words.
        if keys is not None or len(found.keys) >= ENOUGH:
            return found
        keys = backend().found(query, MAX_FEW + 1, guess=False) or []
        if len(keys) > MAX_FEW:
            return found
    if query.has_phrase and keys:
        keys = list(backend().saying(query, keys, len(keys)))
    rows = list(_newest(posts.filter(among(keys)))) if keys else []
    saved = dict(rows[:MAX_FOUND])
    ordered = list(saved)
    ranked = ordered[:MAX_RANKED] if best_first else []
    scores = backend().saying(query, ranked, MAX_RANKED) if ranked else {}
    return Found(_ordered(ordered, scores, saved, best_first, now), len(rows))


def _among_newest(query: Query, posts: QuerySet[Post], best_first: bool, now: dt.datetime) -> Found:
    """Those of the newest stories that say common words."""
    hits = backend().newest_saying(query, _newest(posts)[:WINDOW], MAX_RANKED)
    scores = {key: score for key, _saved, score in hits}
    saved = {key: saved_at for key, saved_at, _score in hits}
    return Found(_ordered(list(scores), scores, saved, best_first, now), None)


def _newest(posts: QuerySet[Post]) -> QuerySet:
    return posts.order_by("-saved_at", "-pk").values_list("pk", "saved_at")


def _ordered(
    keys: list[int],
    scores: dict[int, float],
    saved: dict[int, dt.datetime],
    best_first: bool,
    now: dt.datetime,
) -> list[int]:
    """Keys, the newest first, in the order that is asked for; only the first are ranked."""
    if not best_first:
        return keys

    def worth(key: int) -> float:
        days = max(0, (now - saved[key]).days)
        return -scores.get(key, 0) / (1 + days / DAYS_TO_HALF)

    return sorted(keys[:MAX_RANKED], key=worth) + keys[MAX_RANKED:]


def among(keys: Sequence[int]) -> Q:
    """That a post is one of many: in one value, for a placeholder each takes long."""
    if connection.vendor == "postgresql":
        return Q(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [list(keys)]))
    return Q(pk__in=RawSQL("SELECT value FROM json_each(%s)", [str(list(keys))]))
