"""Writing the index: with every edition, in its transaction; in bulk; and all over again."""

from collections import Counter

from django.db import connection

from . import postgresql, sqlite
from .entry import SearchEntry, SearchWord, place_of
from .spelling import sound_of
from .texts import texts_of
from .words import LONGEST, WORD, site_language

MOST_WORDS = 12_000
"""Words of one edition that are indexed, by each weight."""
AT_ONCE = 500


def backend():
    """The module that speaks to this database's full text."""
    return postgresql if connection.vendor == "postgresql" else sqlite


def add(editions, *, vocabulary=None):
    """Put editions, just saved, into the index; those that are there already are written anew.

    A Vocabulary collects the words of many calls, to be saved at the end of bulk work.
    """
    words = Vocabulary() if vocabulary is None else vocabulary
    for start in range(0, len(editions), AT_ONCE):
        lines = [_line(edition, words) for edition in editions[start : start + AT_ONCE]]
        backend().write(lines)
    if vocabulary is None:
        words.add_new()


def end(edition, *, at):
    """Copy the moment an edition stops being live."""
    SearchEntry.objects.filter(edition=edition).update(live_until=at)


def _line(edition, vocabulary):
    """(SearchEntry, [stems of the headline, the standfirst, the names, the body])."""
    entry = SearchEntry(
        place=place_of(edition.published_at, edition.pk),
        edition_id=edition.pk,
        section_id=edition.section_id,
        live_from=edition.live_from,
        live_until=edition.live_until,
    )
    analyse, stems, seen = site_language().analyse, [], set()
    for text in texts_of(edition):
        words = WORD.findall(text)[: MOST_WORDS * 2]
        seen.update(words)
        stems.append([stem for word in words for _, stem in analyse(word)][:MOST_WORDS])
    vocabulary.see(seen)
    return entry, stems


class Vocabulary:
    """The words of some editions, each counted once for an edition."""

    def __init__(self):
        self.counts = Counter()

    def see(self, words):
        """Count the words of one edition."""
        self.counts.update(words)

    def rows(self):
        """The SearchWords of what was seen, in alphabetical order."""
        analyse, counts, shown = site_language().analyse, Counter(), {}
        for word, count in self.counts.items():
            for folded, _ in analyse(word):
                counts[folded] += count
                if folded not in shown or count > shown[folded][0]:
                    shown[folded] = (count, word.lower() if len(analyse(word)) == 1 else folded)
        # Numbers and single letters are neither guessed nor suggested.
        return [
            SearchWord(
                word=word, shown=shown[word][1][:80], sound=sound_of(word), count=counts[word]
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
        self.counts.clear()
