"""Snippets: where in a story the words stand, marked, and safe to put on a page."""

import unicodedata
from itertools import islice

from django.utils.html import escape
from django.utils.safestring import mark_safe

from .words import WORD, site_language

WORDS = 30
"""Words of a snippet."""
MOST_SEEN = 4_000
"""Words of a text that are looked at."""


def marked(text, stems):
    """The whole text as safe markup, the words with these stems in <mark>."""
    text = unicodedata.normalize("NFC", text)
    return _marked(text, _places(text, stems))


def snippet(text, stems):
    """The part of a text with most of the stems, marked; safe markup, "" when it has none."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    found = islice(WORD.finditer(text), MOST_SEEN)
    words, hits, meant = [], [], _Meant(stems)
    for number, word in enumerate(found):
        words.append(word.span())
        hits += [(number, stem) for stem in meant[word[0]]]
    if not hits:
        return ""
    first = max(0, _best(hits) - WORDS // 4)
    last = min(first + WORDS, len(words)) - 1
    start, stop = words[first][0] if first else 0, words[last][1]
    stop = stop if last + 1 < len(words) else len(text)
    part = text[start:stop]
    before, after = "… " if first else "", " …" if stop < len(text) else ""
    return mark_safe(f"{before}{_marked(part, _places(part, stems))}{after}")


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


def _places(text, stems):
    meant = _Meant(stems)
    return [word.span() for word in WORD.finditer(text) if meant[word[0]]]


class _Meant(dict):
    """Words and those of the wanted stems that they have, each word looked at once."""

    def __init__(self, stems):
        self._stems, self._analyse = stems, site_language().analyse

    def __missing__(self, word):
        meant = self[word] = [stem for _, stem in self._analyse(word) if stem in self._stems]
        return meant


def _marked(text, places):
    parts, done = [], 0
    for start, stop in places:
        parts += [escape(text[done:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        done = stop
    parts.append(escape(text[done:]))
    return mark_safe("".join(parts))
