"""Snippets: where in a story the words stand, marked, and safe to put on a page."""

import unicodedata

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
    words = [found.span() for found, _ in zip(WORD.finditer(text), range(MOST_SEEN), strict=False)]
    hits = [
        (number, stem)
        for number, (start, stop) in enumerate(words)
        for _, stem in site_language().analyse(text[start:stop])
        if stem in stems
    ]
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
    analyse = site_language().analyse
    for found in WORD.finditer(text):
        if any(stem in stems for _, stem in analyse(found.group())):
            yield found.span()


def _marked(text, places):
    parts, done = [], 0
    for start, stop in places:
        parts += [escape(text[done:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        done = stop
    parts.append(escape(text[done:]))
    return mark_safe("".join(parts))
