"""Snippets: where in a story the words stand, marked, and safe to put on a page."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ...library.bounded_dict import BoundedDict
from ...library.words.compounds import UNIT, compounds_of, units_in
from ...library.words.query import Query
from ...library.words.tokenizer import WORD, fold, site_language, tokenize
from ..editions.card_row import identity
from ..editions.edition import Edition
from .document_text import texts_of

SNIPPET_WORDS = 30
MAX_WORDS_SEARCHED = 4_000
"""Words of a text that are looked at."""

_marked = BoundedDict(20_000)
"""(marked headline, snippet) of editions, by their identity and what was meant: a search is often
repeated, and an edition never changes."""


class StemsMeant(dict[str, list[str]]):
    """Words as they stand in texts, joined ones too (e-mail) → which of the wanted stems they
    have. Made once for a query, it looks at each word once."""

    def __init__(self, stems: set[str]) -> None:
        self._stems, self._language = stems, site_language()
        self._has_stop_words = not self._language.stop_words.isdisjoint(stems)

    def __missing__(self, unit: str) -> list[str]:
        language, wanted = self._language, self._stems
        stems = language.stems[unit]
        meant = [] if wanted.isdisjoint(stems) else [stem for stem in stems if stem in wanted]
        if not unit.isalpha():
            # The stems that joined words have as one, and one by one.
            forms = [language.stem_of(form) for form in compounds_of(unit)]
            parts = tokenize(unit)
            meant += [stem for stem in forms if stem in wanted]
            if parts != [unit]:
                meant += [stem for part in parts for stem in self[part]]
        elif self._has_stop_words and (folded := fold(unit)) in wanted:
            meant = [folded]
        self[unit] = meant
        return meant


def mark_all(editions: list[Edition], query: Query) -> list[Edition]:
    """These editions, each with its `marked_headline` and `snippet`, safe markup."""
    meant = StemsMeant(query.stems)
    for edition in editions:
        key = (*identity(edition), frozenset(query.stems), query.stop_words_only)
        if (found := _marked.get(key)) is None:
            headline = marked(edition.headline, meant)
            found = _marked[key] = headline, _best_snippet(edition, query, meant)
        vars(edition).update(zip(("marked_headline", "snippet"), found, strict=True))
    return editions


def _best_snippet(edition: Edition, query: Query, meant: StemsMeant) -> SafeString | str:
    texts = texts_of(edition)
    below = () if query.stop_words_only else (texts.body, texts.standfirst, texts.names)
    return next(filter(None, (snippet(text, meant) for text in below)), "")


def marked(text: str, meant: StemsMeant) -> SafeString:
    """The whole text as safe markup, the meant words in <mark>."""
    text = unicodedata.normalize("NFC", text)
    parts, done = [], 0
    for start, stop in _spans_meant(text, meant):
        parts += [escape(text[done:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        done = stop
    parts.append(escape(text[done:]))
    return mark_safe("".join(parts))


def snippet(text: str, meant: StemsMeant) -> SafeString | str:
    """The part of a text with most of what is meant, marked; safe markup, "" when it has none."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    # Words that are meant only as they are joined are seldom; to look for them takes longer.
    return _snippet(text, meant, WORD, tokenize(text)) or _snippet(
        text, meant, UNIT, units_in(text)
    )


def _snippet(
    text: str, meant: StemsMeant, kind: re.Pattern[str], words: list[str]
) -> SafeString | str:
    words = words[:MAX_WORDS_SEARCHED]
    hits = [(number, stem) for number, word in enumerate(words) for stem in meant[word]]
    if not hits:
        return ""
    first = max(0, _richest(hits) - SNIPPET_WORDS // 4)
    last = min(first + SNIPPET_WORDS, len(words)) - 1
    spans = [word.span() for word in islice(kind.finditer(text), first, last + 1)]
    start = spans[0][0] if first else 0
    stop = spans[-1][1] if last + 1 < len(words) else len(text)
    before, after = "… " if first else "", " …" if stop < len(text) else ""
    return mark_safe(f"{before}{marked(text[start:stop], meant)}{after}")


def _richest(hits: list[tuple[int, str]]) -> int:
    """The number of the word at which the richest stretch begins: most different stems first."""
    best, most, end = hits[0][0], (0, 0), 0
    for begin, (number, _) in enumerate(hits):
        while end < len(hits) and hits[end][0] < number + SNIPPET_WORDS * 3 // 4:
            end += 1
        inside = hits[begin:end]
        if (richness := (len({stem for _, stem in inside}), len(inside))) > most:
            best, most = number, richness
    return best


def _spans_meant(text: str, meant: StemsMeant) -> Iterator[tuple[int, int]]:
    """Where the meant words stand: of joined ones the part that is meant, or all of them."""
    for unit in UNIT.finditer(text):
        if meant[unit[0]]:
            words = WORD.finditer(text, *unit.span())
            inside = [word.span() for word in words if meant[word[0]]]
            yield from inside or [unit.span()]
