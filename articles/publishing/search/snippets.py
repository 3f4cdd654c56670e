"""Snippets: where in a story the words stand, marked, and safe to put on a page."""

import unicodedata
from itertools import islice

from django.utils.html import escape
from django.utils.safestring import mark_safe

from .text.compounds import UNIT, compounds_of, units_of
from .text.tokenizer import WORD, cut, fold, site_language

WORDS = 30
"""Words of a snippet."""
MOST_SEEN = 4_000
"""Words of a text that are looked at."""


class Meant(dict):
    """Words as they stand in texts, joined ones too (e-mail), and which of the wanted stems they
    have. Made once for a question, it looks at each word once."""

    def __init__(self, stems):
        self._stems, self._language = stems, site_language()
        self._has_stops = not self._language.stops.isdisjoint(stems)

    def __missing__(self, unit):
        language, wanted = self._language, self._stems
        meant = [stem for _, stem in language.analyse(unit) if stem in wanted]
        if not unit.isalpha():
            meant += self._in_parts(unit)
        elif self._has_stops and (folded := fold(unit)) in wanted:
            meant = [folded]
        self[unit] = meant
        return meant

    def _in_parts(self, unit):
        """Which stems joined words have as one, and one by one."""
        stems = [self._language.stem_of(form) for form in compounds_of(unit)]
        parts = cut(unit)
        inside = [stem for part in parts for stem in self[part]] if parts != [unit] else []
        return [stem for stem in stems if stem in self._stems] + inside


def marked(text, meant):
    """The whole text as safe markup, the meant words in <mark>."""
    return _marked(unicodedata.normalize("NFC", text), meant)


def snippet(text, meant):
    """The part of a text with most of what is meant, marked; safe markup, "" when it has none."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    # Words that are meant only as they are joined are seldom; to look for them takes longer.
    return _snippet(text, meant, WORD, cut(text)) or _snippet(text, meant, UNIT, units_of(text))


def _snippet(text, meant, kind, words):
    words = words[:MOST_SEEN]
    hits = [(number, stem) for number, word in enumerate(words) for stem in meant[word]]
    if not hits:
        return ""
    first = max(0, _best(hits) - WORDS // 4)
    last = min(first + WORDS, len(words)) - 1
    spans = [word.span() for word in islice(kind.finditer(text), first, last + 1)]
    start = spans[0][0] if first else 0
    stop = spans[-1][1] if last + 1 < len(words) else len(text)
    before, after = "… " if first else "", " …" if stop < len(text) else ""
    return mark_safe(f"{before}{_marked(text[start:stop], meant)}{after}")


def _best(hits):
    """The number of the word at which the richest stretch begins: most different stems first."""
    best, best_worth, end = hits[0][0], (0, 0), 0
    for begin, (number, _) in enumerate(hits):
        end = max(end, begin)
        while end < len(hits) and hits[end][0] < number + WORDS * 3 // 4:
            end += 1
        inside = hits[begin:end]
        worth = (len({stem for _, stem in inside}), len(inside))
        if worth > best_worth:
            best, best_worth = number, worth
    return best


def _marked(text, meant):
    parts, done = [], 0
    for start, stop in _meant_in(text, meant):
        parts += [escape(text[done:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        done = stop
    parts.append(escape(text[done:]))
    return mark_safe("".join(parts))


def _meant_in(text, meant):
    """Where the meant words stand: of joined ones the part that is meant, or all of them."""
    for unit in UNIT.finditer(text):
        if meant[unit[0]]:
            words = WORD.finditer(text, *unit.span())
            inside = [word.span() for word in words if meant[word[0]]]
            yield from inside or [unit.span()]
