"""The library as it is searched: by words, through an index, and by days; the newest first."""

import datetime as dt

from django.db.models import Q
from rapidfuzz import fuzz, process

from ...library.photo import Photo, PhotoQuerySet
from ...library.photo_words import MAX_WORDS, words_match
from ...library.words.dates_in_words import leading_date
from ...library.words.tokenizer import MARK, fold, tokenize
from ...publishing.dates import ends, starts

MAX_GUESSED_FROM = 2_000
"""Newest pictures among whose words a misspelt one is looked for."""
MIN_LIKENESS = 78


def first_keys(photos: PhotoQuerySet, typed: str, most: int) -> list[int]:
    """The keys of the newest `most` of some photos that have all words typed; a date may be when
    they were taken or added."""
    found: dict[int, dt.datetime] = {}
    # Each asked by itself: no index helps words or days.
    for condition in filter(None, (words_match(typed), day_said(typed))):
        newest = photos.filter(condition).order_by("-added_at", "-pk")
        found |= dict(newest.values_list("pk", "added_at")[:most])
    return sorted(found, key=lambda key: (found[key], key), reverse=True)[:most]


def day_said(typed: str) -> Q | None:
    """What a date among the words asks for, with the other words; None without a date."""
    words = typed.split()
    for start in range(min(len(words), MAX_WORDS)):
        if said := leading_date(words[start:]):
            figures, taken = said
            others = " ".join(words[:start] + words[start + taken :])
            of_day = days_of(figures.removeprefix(MARK))
            return of_day & words_match(others) if others else of_day
    return None


def days_of(figures: str) -> Q:
    """That a photo was taken or added in 2016, 201612 or on 20161213."""
    year, month, day = int(figures[:4]), int(figures[4:6] or 1), int(figures[6:8] or 1)
    first = last = dt.date(year, month, day)
    if len(figures) == 4:
        last = dt.date(year, 12, 31)
    elif len(figures) == 6:
        last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    span = (starts(first), ends(last))
    return Q(taken_at__gte=span[0], taken_at__lt=span[1]) | Q(
        added_at__gte=span[0], added_at__lt=span[1]
    )


def likely_words(typed: str) -> str:
    """The words typed with each that no picture has in its nearest spelling, or ""."""
    newest = Photo.objects.in_library().newest_first().values_list("words", flat=True)
    known = {word for words in newest[:MAX_GUESSED_FROM] for word in words.split()}
    words = [nearest_word(word, known) for word in tokenize(typed)[:MAX_WORDS]]
    better = " ".join(filter(None, words))
    return "" if better.casefold() == typed.casefold() else better


def nearest_word(word: str, known: set[str]) -> str:
    folded = fold(word)
    if len(folded) < 3 or any(each.startswith(folded) for each in known):
        return word
    found = process.extractOne(folded, known, scorer=fuzz.ratio, score_cutoff=MIN_LIKENESS)
    return found[0] if found else ""
