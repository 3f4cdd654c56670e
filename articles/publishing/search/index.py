"""Writing the index: with every edition, in its transaction; in bulk; and all over again."""

from collections import Counter

from django.db import connection, transaction
from django.db.models import Q

from ...library.days import is_possible
from ..editions.edition import Edition
from .backends import postgresql, sqlite
from .entry import FORM, SearchEntry, SearchWord, place_of
from .spelling import sound_of
from .text.compounds import compounds_of
from .text.dates_in_words import days_of
from .text.document_text import texts_of
from .text.tokenizer import LONGEST, MARK, cut, site_language

MOST_WORDS = 12_000
"""Words of one edition that are indexed, by each weight."""
AT_ONCE = 500
NOT_AS_NOW = Q(search_entry=None) | Q(search_entry__form=None) | Q(search_entry__form__lt=FORM)
"""Editions that are not in the index, or not in the form that is written now."""


def backend():
    """The module that speaks to this database's full text."""
    return postgresql if connection.vendor == "postgresql" else sqlite


def add(editions, *, vocabulary=None):
    """Put editions, just saved, into the index; those that are there already are written anew.

    A Vocabulary collects the words of many calls, to be saved at the end of bulk work.
    """
    words = Vocabulary() if vocabulary is None else vocabulary
    # The index has no place for other days.
    editions = [edition for edition in editions if is_possible(edition.published_at)]
    for start in range(0, len(editions), AT_ONCE):
        lines = [line_of(edition, words) for edition in editions[start : start + AT_ONCE]]
        store(packed(lines))
    if vocabulary is None:
        words.add_new()


def packed(lines):
    """Lines of the index, as `line_of` gives them, in the form in which they are stored; asks
    nothing of the database."""
    return backend().packed(lines)


def store(rows):
    """Store packed lines, anew where they are stored already."""
    for start in range(0, len(rows), AT_ONCE):
        backend().store(rows[start : start + AT_ONCE])


def end(edition, *, at):
    """Copy the moment an edition stops being live."""
    SearchEntry.objects.filter(edition=edition).update(live_until=at)


def line_of(edition, vocabulary):
    """(SearchEntry, [stems of the headline, the standfirst, the names, the body]); asks nothing of
    the database."""
    entry = SearchEntry(
        place=place_of(edition.published_at, edition.pk),
        edition_id=edition.pk,
        section_id=edition.section_id,
        live_from=edition.live_from,
        live_until=edition.live_until,
        form=FORM,
    )
    texts = texts_of(edition)
    headline, standfirst, names, body = words = [cut(text)[: MOST_WORDS * 2] for text in texts]
    vocabulary.see({*headline, *standfirst, *names}, body)
    return entry, _stems(edition, texts, words)


def stems_of(edition):
    """The stems of an edition's headline, standfirst, names and body."""
    texts = texts_of(edition)
    return _stems(edition, texts, [cut(text)[: MOST_WORDS * 2] for text in texts])


def _stems(edition, texts, words):
    language = site_language()
    stems = [language.stems_of(text)[:MOST_WORDS] for text in words]
    for own, text in zip(stems, texts, strict=True):
        own[:0] = beside(own, compounds_of(text), language)
    stems[0] += [MARK, *language.common(texts.headline)]
    stems[2] += [MARK, *days_of(edition.posted_on)]
    return stems


def beside(stems, forms, language):
    """The stems of further forms that are not among a text's own, with a gap before the text."""
    further = {language.stem_of(form) for form in forms if form not in language.stops}
    further -= set(stems)
    return [*sorted(further), MARK] if further else []


class Vocabulary:
    """The words of some editions. Those above the body are counted, once for an edition: they
    are what people ask for."""

    def __init__(self):
        self.counts, self.others = Counter(), set()

    def see(self, counted, others):
        """Take in the words of one edition."""
        self.counts.update(counted)
        self.others.update(others)

    def see_all(self, other):
        """Take in what another Vocabulary saw."""
        self.counts.update(other.counts)
        self.others.update(other.others)

    def rows(self):
        """The SearchWords of what was seen, in alphabetical order."""
        analyse, counts, shown = site_language().analyse, Counter(), {}
        for word in self.others.union(self.counts):
            for folded, _ in analyse(word):
                count = self.counts.get(word, 0)
                counts[folded] += count
                if folded not in shown or count > shown[folded][0]:
                    shown[folded] = (count, word.lower() if len(analyse(word)) == 1 else folded)
        # Numbers and single letters are neither guessed nor suggested.
        return [
            SearchWord(
                word=word,
                shown=shown[word][1][:80],
                sound=sound_of(word),
                count=counts[word],
            )
            for word in sorted(counts)
            if 1 < len(word) <= LONGEST and not word.isdigit()
        ]

    def add_new(self):
        """Save the words that are new. Those that are known are not touched: a count that
        every publication raised would make publications wait for each other."""
        backend().count(self.rows(), again=False)

    def add_counts(self):
        """Save all words and add to the counts of those that are known."""
        backend().count(self.rows())
        self.counts, self.others = Counter(), set()


def is_outdated():
    """Whether a line of the index has the form of an older release."""
    older = Q(form=None) | Q(form__lt=FORM)
    return SearchEntry.objects.filter(older).exists()


def reindex(*, after=0, missing=False):
    """Write the index anew, batch by batch, while the site is up; yields the last edition's id
    and how many were written.

    Each batch holds its editions, so that none is ended unseen. With `missing`, only editions
    that are not in the index, or in an older form.
    """
    if not after and not missing:
        SearchWord.objects.update(count=0)
    vocabulary, written = Vocabulary(), 0
    while True:
        with transaction.atomic():
            rows = Edition.objects.filter(pk__gt=after).defer("body").order_by("pk")
            if missing:
                rows = rows.filter(NOT_AS_NOW)
            editions = list(rows.select_for_update(of=("self",))[:AT_ONCE])
            add(editions, vocabulary=vocabulary)
            vocabulary.add_counts()
        if not editions:
            break
        after, written = editions[-1].pk, written + len(editions)
        yield after, written
    backend().tidy_up()
