"""Suggestions: completes a word while it is typed, and corrects one that found little.

Each suggestion is first checked against the live stories, so none leads to an empty page.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from rapidfuzz.distance import OSA

from ...library.words.query import Query, parse, tidy, words_typed
from ...library.words.slips import one_edit_away
from ...library.words.tokenizer import fold, site_language
from .backends import backend
from .entry import SearchWord

MAX_SUGGESTIONS = 8
MIN_PREFIX = 2
MAX_TYPED = 100
MIN_CORRECTED, MAX_CORRECTED = 4, 20
"""Letters of a word that is corrected."""
MAX_CORRECTIONS = 3
"""Words of one query that are corrected."""
MAX_NEAR_WORDS = 300
WORDS_AT_ONCE = 200
"""Words that are looked for in one statement."""

_SAME_SOUND = str.maketrans("cqz", "kks")
_SILENT = re.compile("[aeiouyhw]")
_DOUBLE = re.compile(r"(.)\1+")


def complete(words: str, *, at: datetime) -> list[str]:
    """Completions of a query, the likeliest first, from words of live stories."""
    words = tidy(words)
    last = next(reversed(words_typed(words)), None)
    if last is None or last.end() != len(words) or len(last.group()) < MIN_PREFIX:
        return []
    rows = SearchWord.objects.filter(begins_with("word", fold(last.group())))
    # More than are offered, for some may not be live.
    near = rows.order_by("-count", "word").values_list("shown", flat=True)[: MAX_SUGGESTIONS * 2]
    offered = [words[: last.start()] + word for word in near]
    live = backend().any_live([parse(each) for each in offered], at=at) if offered else ()
    return [each for number, each in enumerate(offered) if number in live][:MAX_SUGGESTIONS]


def begins_with(column: str, prefix: str) -> Q:
    """A condition that the database's index serves."""
    if connection.vendor == "postgresql":
        return Q(**{f"{column}__startswith": prefix})
    return Q(**{f"{column}__gte": prefix, f"{column}__lt": prefix + "\U0010ffff"})


def did_you_mean(
    words: str,
    *,
    at: datetime,
    finds: Callable[[Query], bool] | None = None,
    near: Iterable[tuple[str, str, int]] | None = None,
) -> str:
    """The query with its likely slips corrected, or "" when none is better.

    `finds` tells whether a Query finds anything, under a reader's filters perhaps; `near` are
    the rows of `near_words`, where they have been read.
    """
    words = tidy(words)
    rows = (near_words(words) or ()) if near is None else near
    known = {word: (shown, count) for shown, word, count in rows}
    better = words
    for found, word in reversed(_to_correct(words)):
        if correction := _correction(word, known):
            better = better[: found.start()] + correction + better[found.end() :]
    if better == words:
        return ""
    query = parse(better)
    return better if (finds(query) if finds else backend().any_live([query], at=at)) else ""


def _to_correct(words: str) -> list[tuple[re.Match[str], str]]:
    """The words of a query that may have slips: [(where they stand, folded)]."""
    return [
        (found, fold(found.group()))
        for found in words_typed(words)
        if MIN_CORRECTED <= len(found.group()) <= MAX_CORRECTED
        and found.group().isalpha()
        and site_language().terms(found.group())
    ][:MAX_CORRECTIONS]


def near_words(words: str) -> QuerySet[SearchWord, Any] | None:
    """Rows of the vocabulary that may be meant by words, (shown, word, count), as a query; None
    where nothing can be meant."""
    typed = {word for _, word in _to_correct(tidy(words))}
    if not typed:
        return None
    slips = typed.union(*map(one_edit_away, typed))
    near = Q(word__in=slips) | Q(sound__in=set(map(sound_of, typed)) - {""})
    for word in typed:
        near |= begins_with("word", word)
    rows = SearchWord.objects.filter(near).order_by("-count")
    return rows.values_list("shown", "word", "count")[:MAX_NEAR_WORDS]


def _correction(word: str, near: dict[str, tuple[str, int]]) -> str:
    """The likely correction of a word, or "" if it needs none: preferably the word that this is
    a typo of, or else one that begins with it."""
    own_count = near.get(word, ("", -1))[1]
    max_slips = 1 if len(word) < 6 else 2
    choices = []
    for other, (shown, count) in near.items():
        if other == word or count <= own_count * 10:
            continue
        slips = OSA.distance(word, other, score_cutoff=max_slips)  # max_slips + 1 beyond it
        if slips <= max_slips or (own_count < 1 and other.startswith(word)):
            choices.append((slips, -count, shown))
    return min(choices, default=(0, 0, ""))[2]


def sound_of(word: str) -> str:
    """A rough phonetic key of a word; empty if too many words would share it."""
    if not word.isascii():
        return ""
    word = word.replace("ph", "f").translate(_SAME_SOUND)
    key = _DOUBLE.sub(r"\1", word[0] + _SILENT.sub("", word[1:]))
    return key if len(key) > 2 else ""


def forget_words(words: Sequence[str], *, said: int, at: datetime) -> None:
    """Take words out of the vocabulary that no live story says any more, of those that so many
    stories said above the body at most."""
    known = SearchWord.objects.filter(word__in=words, count__lte=said)
    rare = list(known.values_list("word", flat=True))
    for start in range(0, len(rare), WORDS_AT_ONCE):
        some = rare[start : start + WORDS_AT_ONCE]
        live = backend().any_live([parse(word) for word in some], at=at)
        gone = [word for number, word in enumerate(some) if number not in live]
        SearchWord.objects.filter(word__in=gone).delete()
