"""Writing the index: with every edition, in its transaction; in bulk; and all over again."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Q

from ...library.days import is_possible
from ...library.words.dates_in_words import date_words
from ...library.words.stems import stems_of_texts, words_of
from ...library.words.tokenizer import MARK, MAX_WORD_LENGTH, site_language
from ..editions.edition import Edition
from ..key_batches import key_batches
from .backends import backend
from .backends.sql import insert
from .document_text import Texts, texts_of
from .entry import FORM, SearchEntry, SearchWord, place_of
from .suggester import sound_of

BATCH_SIZE = 500
OLD_FORM = Q(form=None) | Q(form__lt=FORM)
NOT_INDEXED = Q(search_entry=None) | Q(search_entry__form=None) | Q(search_entry__form__lt=FORM)
"""Editions that are not in the index, or not in the form that is written now."""


class Line(NamedTuple):
    """A line of the index: the fields of an entry, and the stems of the edition's headline,
    standfirst, names and body."""

    place: int
    edition_id: int
    section_id: int
    live_from: dt.datetime
    live_until: dt.datetime
    form: int | None
    stems: list[list[str]]


class Vocabulary:
    """The words of some editions. Those above the body are counted, once for an edition: they
    are what people search for."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.others: set[str] = set()

    def see(self, counted: Collection[str], others: Iterable[str]) -> None:
        """Take in the words of one edition."""
        self.counts.update(counted)
        self.others.update(others)

    def see_all(self, other: "Vocabulary") -> None:
        """Take in what another Vocabulary saw."""
        self.counts.update(other.counts)
        self.others.update(other.others)

    def rows(self) -> list[tuple[str, str, str, int]]:
        """(word, as it is shown, sound, count) of what was seen, in alphabetical order."""
        terms, counts = site_language().terms, Counter[str]()
        shown: dict[str, tuple[int, str]] = {}
        for word in self.others.union(self.counts):
            parts, count = terms(word), self.counts.get(word, 0)
            for folded in parts:
                counts[folded] += count
                if folded not in shown or count > shown[folded][0]:
                    shown[folded] = (count, word.lower() if len(parts) == 1 else folded)
        # Numbers and single letters are neither guessed nor suggested.
        return [
            (word, shown[word][1][:80], sound_of(word), counts[word])
            for word in sorted(counts)
            if 1 < len(word) <= MAX_WORD_LENGTH and not word.isdigit()
        ]

    def add_new(self) -> None:
        """Save the words that are new. Those that are known are not touched: a count that
        every publication raised would make publications wait for each other."""
        self._save("NOTHING")

    def add_counts(self) -> None:
        """Save all words and add to the counts of those that are known."""
        self._save("UPDATE SET count = articles_searchword.count + EXCLUDED.count")
        self.counts, self.others = Counter(), set()

    def _save(self, known: str) -> None:
        into = f"INTO {SearchWord._meta.db_table} (word, shown, sound, count)"
        insert(into, self.rows(), f"ON CONFLICT (word) DO {known}")


def add(editions: Iterable[Edition], *, vocabulary: Vocabulary | None = None) -> None:
    """Put editions, just saved, into the index; those that are there already are written anew.

    A Vocabulary collects the words of many calls, to be saved at the end of bulk work.
    """
    words = Vocabulary() if vocabulary is None else vocabulary
    # The index has no place for other days.
    possible = [edition for edition in editions if is_possible(edition.published_at)]
    for start in range(0, len(possible), BATCH_SIZE):
        store(packed([line_of(edition, words) for edition in possible[start : start + BATCH_SIZE]]))
    if vocabulary is None:
        words.add_new()


def line_of(edition: Edition, vocabulary: Vocabulary) -> Line:
    """An edition's Line, its words seen by the vocabulary; asks nothing of the database."""
    texts = texts_of(edition)
    *above, body = words = words_of(texts)
    vocabulary.see({*chain(*above)}, body)
    return Line(
        place_of(edition.published_at, edition.pk),
        edition.pk,
        edition.section_id,
        edition.live_from,
        edition.live_until,
        FORM,
        _stems(edition, texts, words),
    )


def packed(lines: Iterable[Line]) -> list[tuple[Any, ...]]:
    """Lines in the form in which they are stored; asks nothing of the database."""
    columns_of, adapt = backend().columns_of, connection.ops.adapt_datetimefield_value
    return [
        (*keys, adapt(live_from), adapt(live_until), form, *columns_of(stems))
        for *keys, live_from, live_until, form, stems in lines
    ]


def store(rows: Sequence[tuple[Any, ...]], *, new: bool = False) -> None:
    """Store packed lines, anew where they are stored already: `new` says that none is."""
    backend().store(rows, new=new)


def end(edition: Edition, *, at: Any) -> None:
    """Copy the moment an edition stops being live."""
    SearchEntry.objects.filter(edition=edition).update(live_until=at)


def stems_of(edition: Edition) -> list[list[str]]:
    """The stems of an edition's headline, standfirst, names and body."""
    texts = texts_of(edition)
    return _stems(edition, texts, words_of(texts))


def _stems(edition: Edition, texts: Texts, words: list[list[str]]) -> list[list[str]]:
    found = stems_of_texts(texts, words)
    found[2] += [MARK, *date_words(edition.posted_on)]
    return found


def is_outdated() -> bool:
    """Whether a line of the index has the form of an older release."""
    return SearchEntry.objects.filter(OLD_FORM).exists()


def reindex(*, after: int = 0, missing: bool = False) -> Iterator[list[int]]:
    """Write the index anew, batch by batch, while the site is up; yields the primary keys of the
    editions of each batch when it is written.

    Each batch holds its editions, so that none is ended unseen. With `missing`, only editions
    that are not in the index, or in an older form.
    """
    if not after and not missing:
        SearchWord.objects.update(count=0)
    vocabulary = Vocabulary()
    editions = Edition.objects.filter(pk__gt=after)
    for keys in key_batches(editions.filter(NOT_INDEXED) if missing else editions, BATCH_SIZE):
        with transaction.atomic():
            add(Edition.objects.select_for_update().filter(pk__in=keys), vocabulary=vocabulary)
            vocabulary.add_counts()
        yield keys
    backend().optimize()
