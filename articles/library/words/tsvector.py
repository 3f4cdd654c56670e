"""Stems and queries in the form of PostgreSQL.

Weights are A, B, C, D for headline, standfirst, names and body. Lexemes and tsqueries are made
of stems that hold letters, digits and our own mark only, so both are written here without a parser.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from .query import Group, Query, Term
from .tokenizer import MARK

MAX_POSITION = 16_383
GAP = 10
"""Positions between one text and the next, so that no phrase reaches across."""


def tsquery(query: Query, *, loosely: bool = False) -> str:
    """The text of a tsquery. Loosely: words of a phrase anywhere, which the index alone tells."""
    return " | ".join(f"({' & '.join(_terms(group, loosely))})" for group in query.groups)


def _terms(group: Group, loosely: bool) -> Iterator[str]:
    joint = " & " if loosely else " <-> "
    for term in group.wanted:
        yield _term(term, joint)
    for term in group.unwanted:
        if not loosely or all(len(phrase) == 1 for each in term for phrase in each):
            yield f"!{_term(term, joint)}"


def tsqueries(group: Group) -> list[str]:
    """The text of a tsquery for each word of a group, all of which must be there."""
    return [*_words(group.wanted)] or [" & ".join(_terms(group, loosely=True))]


def _words(terms: Sequence[Term]) -> Iterator[str]:
    for term in terms:
        if len(term) > 1:
            yield _term(term, " & ")
        else:
            yield from (f"'{stem}'" for phrase in term[0] for stem in phrase)


def _term(term: Term, joint: str) -> str:
    alternatives = (
        " & ".join("('" + f"'{joint}'".join(phrase) + "')" for phrase in each) for each in term
    )
    return f"({' | '.join(f'({each})' for each in alternatives)})"


def tsvector(stems: Sequence[Sequence[str]]) -> str:
    """The text of a tsvector ('stem':1A 'stem':7 …) of the stems by weight."""
    pieces: list[str] = []
    position = 1
    for weight, words in zip(["A", "B", "C", ""], stems, strict=True):
        kept = words[: max(0, MAX_POSITION + 1 - position)]
        lexemes = ["'"] * (3 * len(kept))
        lexemes[1::3], lexemes[2::3] = kept, _endings(weight)[position : position + len(kept)]
        for _gap in range(kept.count(MARK)):
            at = lexemes.index(MARK)
            del lexemes[at - 1 : at + 2]
        pieces += lexemes
        position += max(len(kept) - 1, 0) + GAP
    return "".join(pieces)


@cache
def _endings(weight: str) -> list[str]:
    """What follows a stem at each position: formatted once, for that takes longer than the rest."""
    return [f"':{position}{weight} " for position in range(MAX_POSITION + 1)]
