"""Other spellings of what was typed, when no story says it."""

from collections.abc import Iterator
from dataclasses import replace

from ...library.words.query import Group, Phrase, Query, Term, parse, tidy, words_typed
from ...library.words.slips import one_edit_away
from ...library.words.tokenizer import fold, site_language
from .backends import backend

MAX_SPELLINGS = 5
"""Other spellings of one word that are searched for in its place."""
MAX_WORDS = 4
"""Words of a query that are looked at: several hundred others may be meant by each."""
MIN_LETTERS, MAX_LETTERS = 4, 20
"""Letters of a word that may have a slip."""

Likely = dict[str, list[str]]
"""A folded word that no story says → words one slip away that some story says."""


def spelt_otherwise(words: str) -> tuple[str, Query] | None:
    """What was typed with likely words in the place of those that no story says: in words, and as
    a query; None where there is nothing better. Asks one query."""
    words = tidy(words)
    typed = [(match, fold(match.group())) for match in words_typed(words)]
    likely = _likely([word for _match, word in typed])
    if not likely:
        return None
    meant = words
    for match, word in reversed(typed):
        if word in likely:
            meant = meant[: match.start()] + likely[word][0] + meant[match.end() :]
    return meant, _with_spellings(parse(words), likely)


def _likely(typed: list[str]) -> Likely:
    """For folded words that no story says: words one slip away that stories say, one of each
    stem, those with the same first letter first, which is seldom wrong."""
    stem_of = site_language().stem_of
    others: dict[str, dict[str, str]] = {}
    for word in filter(_may_have_a_slip, typed[:MAX_WORDS]):
        others[word] = {}
        for other in sorted(one_edit_away(word), key=lambda each: (each[0] != word[0], each)):
            others[word].setdefault(stem_of(other), other)
    if not others:
        return {}
    known = backend().known({stem_of(word): set(by_stem) for word, by_stem in others.items()})
    found = {
        word: [other for stem, other in by_stem.items() if stem in known][:MAX_SPELLINGS]
        for word, by_stem in others.items()
        if stem_of(word) not in known
    }
    return {word: spellings for word, spellings in found.items() if spellings}


def _may_have_a_slip(word: str) -> bool:
    is_long_enough = MIN_LETTERS <= len(word) <= MAX_LETTERS
    return is_long_enough and word.isalpha() and bool(site_language().terms(word))


def _with_spellings(query: Query, likely: Likely) -> Query:
    """The query with other spellings in the place of words."""
    stem_of = site_language().stem_of
    others: dict[Phrase, list[Phrase]] = {
        (stem_of(word),): [(stem_of(other),) for other in spellings]
        for word, spellings in likely.items()
    }

    def alternatives(term: Term) -> Iterator[tuple[Phrase, ...]]:
        for phrases in term:
            if len(phrases) == 1 and phrases[0] in others:
                yield from ((other,) for other in others[phrases[0]])
            else:
                yield phrases

    groups = tuple(
        Group(tuple(tuple(alternatives(term)) for term in group.wanted), group.unwanted)
        for group in query.groups
    )
    return replace(query, groups=groups)
