"""Queries: what a reader typed, parsed and bounded.

Words must all be there; "words in quotes" stand together; -word keeps stories out; OR (in
capitals) joins two queries. What makes no sense is passed over: no text is an error.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations, pairwise, takewhile

from .compounds import UNIT, is_initials, joined
from .dates_in_words import leading_date
from .tokenizer import MARK, MAX_WORD_LENGTH, WORD, fold, site_language, tokenize

MAX_CHARACTERS = 300
MAX_TERMS = 12
MAX_PAIRED = 4
"""Words of a query of which each two may be one: steel works, steelworks."""
MIN_HALF = 2
"""Letters of each half of a word that may be two."""

_QUOTES = dict.fromkeys(map(ord, "“”„‟«»″＂〝〞〟「」『』"), '"')
_SINGLE = re.compile(r"(?<!\w)['‘‚‛‹](?=\S)([^'\"‘’‹›]*\s[^'\"‘’‹›]*?)(?<=\S)['’‘›](?!\w)")
_MINUS = re.compile(r"(?<!\S)[\u2010-\u2013\u2212](?=[\w\"])")
_PIECE = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')

Phrase = tuple[str, ...]
"""Stems that stand together."""
Term = tuple[tuple[Phrase, ...], ...]
"""Alternatives, one of which must be there; of each all phrases."""
Piece = tuple[str, str, str]
"""A minus or nothing, words in quotes, a bare word."""


@dataclass(frozen=True)
class Group:
    """Terms that must and must not be there."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Query:
    """A query, which stories match that match one group or more. False when it is empty.

    `stop_words_only` tells that it has nothing but words like “who”, which headlines are searched
    for. `nearest` are groups that want less, for when nothing matches.
    """

    words: str
    groups: tuple[Group, ...] = ()
    stop_words_only: bool = False
    nearest: tuple[Group, ...] = field(default=(), repr=False)

    def __bool__(self) -> bool:
        return bool(self.groups)

    @property
    def is_quoted(self) -> bool:
        """Whether some of its words were typed in quotes, of whatever kind."""
        return '"' in plain_marks(self.words)

    @property
    def is_word(self) -> bool:
        """Whether it is a single word, which may be written as two."""
        wanted = [term for group in self.groups for term in group.wanted]
        return bool(self.nearest) and len(wanted) == 1 and not self.has_phrase

    @property
    def stems(self) -> set[str]:
        """The stems to be marked in a story."""
        terms = (term for group in self.groups for term in group.wanted)
        return {stem.strip(MARK) for phrase in _phrases(terms) for stem in phrase}

    @property
    def has_phrase(self) -> bool:
        """Whether words must stand together, which an index alone cannot tell everywhere."""
        terms = (term for group in self.groups for term in group.wanted + group.unwanted)
        return any(len(phrase) > 1 for phrase in _phrases(terms))


def _phrases(terms: Iterator[Term]) -> Iterator[Phrase]:
    return (phrase for term in terms for alternative in term for phrase in alternative)


def tidy(words: str) -> str:
    """What was typed, in one line, without what cannot be shown, and not too long."""
    text = "".join(c if c.isprintable() else " " for c in words[: MAX_CHARACTERS * 4])
    return " ".join(text.split())[:MAX_CHARACTERS].strip()


def parse(words: str) -> Query:
    """The Query of what was typed."""
    words = tidy(words)
    pieces = _PIECE.findall(plain_marks(words))
    parser = _Parser()
    for group in _split_at_or(pieces):
        parser.add_group(group)
    if parser.groups:
        return Query(words, tuple(parser.groups), nearest=parser.nearest())
    return Query(words, _of_stop_words(pieces), stop_words_only=True)


def plain_marks(words: str) -> str:
    """What was typed with one kind of quotation marks and one minus."""
    words = _SINGLE.sub(r'"\1"', words.translate(_QUOTES))
    return _MINUS.sub("-", words)


def words_typed(words: str) -> list[re.Match[str]]:
    """The words of what was typed that are not operators, as they stand, with their places."""
    return [found for found in WORD.finditer(words) if found.group() != "OR"]


def _split_at_or(pieces: list[Piece]) -> list[list[Piece]]:
    groups: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece == ("", "", "OR"):
            groups.append([])
        else:
            groups[-1].append(piece)
    return groups


class _Parser:
    """What has been parsed so far; `room` is for so many more terms."""

    def __init__(self) -> None:
        self.room = MAX_TERMS
        self.groups: list[Group] = []
        self.typed: list[tuple[Group, list[str]]] = []

    def add_group(self, pieces: list[Piece]) -> None:
        """Add one group, and its further forms: each two words of few may be one."""
        wanted: list[Term] = []
        unwanted: list[Term] = []
        words: list[str] = []
        while pieces and self.room:
            (minus, quoted, bare), taken = pieces[0], 1
            if bare and not minus:
                term, taken = _date_or_word(pieces)
            else:
                term = _quoted(quoted) if quoted else _bare(bare)
            pieces = pieces[taken:]
            if term:
                self.room = max(0, self.room - sum(map(len, term[0])))
                (unwanted if minus else wanted).append(term)
                if not minus:
                    words.append(bare if taken == 1 and bare.isalnum() else "")
        if wanted:
            group = Group(tuple(wanted), tuple(unwanted))
            self.typed.append((group, words))
            self.groups.append(group)
            if 1 < len(wanted) <= MAX_PAIRED:
                self.groups += _paired(group, words)

    def nearest(self) -> tuple[Group, ...]:
        """Groups that want most of the words of a query that finds nothing; or the halves of its
        only word."""
        if len(self.typed) != 1:
            return ()
        group, words = self.typed[0]
        terms = [each for term in group.wanted for each in _apart(term)][:MAX_TERMS]
        if len(terms) == 1:
            return tuple(Group((term,), group.unwanted) for term in _halves(words[0]))
        enough = max(len(terms) // 2 + 1, len(terms) - 2) if len(terms) > 2 else 1
        return tuple(Group(some, group.unwanted) for some in combinations(terms, enough))


def _date_or_word(pieces: list[Piece]) -> tuple[Term | None, int]:
    """The term that bare words begin with, a date or a word, and how many pieces it takes."""
    bare = [word for _, _, word in takewhile(lambda piece: piece[2] and not piece[0], pieces)]
    if not (date := leading_date(bare)):
        return _bare(bare[0]), 1
    word, taken = date
    said = tuple((stem,) for stem in site_language().stems_in(" ".join(bare[:taken])))
    return (said, ((word,),)), taken


def _quoted(text: str) -> Term | None:
    """The term of words in quotes."""
    phrase = tuple(site_language().stems_in(text))[:MAX_TERMS]
    return ((phrase,),) if phrase else None


def _bare(text: str) -> Term | None:
    """The term of a bare word, in all its forms: e-mail is “e mail” or email."""
    language = site_language()
    alternatives: list[tuple[Phrase, ...]] = []
    phrase = tuple(language.stems_in(text))[:MAX_TERMS]
    unit, *others = UNIT.findall(text) or [""]
    whole = "" if others or ("/" in unit and phrase) or len(tokenize(unit)) < 2 else joined(unit)
    if whole and whole not in language.stop_words and len(whole) <= MAX_WORD_LENGTH:
        alternatives.append(((language.stem_of(whole),),))
    # The single letters of U.S. stand in too many stories.
    if phrase and (phrase,) not in alternatives and not (alternatives and is_initials(unit)):
        alternatives.insert(0, (phrase,))
    return tuple(alternatives) or None


def _paired(group: Group, words: list[str]) -> Iterator[Group]:
    """The group once more for each two words that may be written as one."""
    for number, (one, other) in enumerate(pairwise(words)):
        if one and other:
            term = (((site_language().stem_of(fold(one + other)),),),)
            wanted = (*group.wanted[:number], term, *group.wanted[number + 2 :])
            yield Group(wanted, group.unwanted)


def _apart(term: Term) -> list[Term]:
    """The terms of the words of a phrase; of any other term one that lets its words stand apart,
    which is quicker to look for."""
    if len(term) == len(term[0]) == 1:
        return [(((stem,),),) for stem in term[0][0]]
    return [tuple(tuple((stem,) for phrase in each for stem in phrase) for each in term)]


def _halves(word: str) -> Iterator[Term]:
    """The terms of the two words that one may be: steel works."""
    for at in range(MIN_HALF, len(word) - MIN_HALF + 1):
        phrase = tuple(site_language().stems_in(f"{word[:at]} {word[at:]}"))
        if len(phrase) == 2:
            yield ((phrase,),)


def _of_stop_words(pieces: list[Piece]) -> tuple[Group, ...]:
    """Groups that want the stop words of what was typed, in headlines."""
    wanted, unwanted, stop_words = [], [], site_language().stop_words
    for minus, quoted, bare in pieces:
        if minus and (term := _quoted(quoted) if quoted else _bare(bare)):
            unwanted.append(term)
        elif not minus and bare != "OR":
            words = tokenize(quoted or bare)
            wanted += [_stop_word(word) for word in words if fold(word) in stop_words]
    group = Group(tuple(wanted[:MAX_TERMS]), tuple(unwanted[:MAX_TERMS]))
    return (group,) if wanted else ()


def _stop_word(word: str) -> Term:
    """The term of a stop word; one in capitals is worth more where it stands so."""
    marked = MARK + fold(word)[:MAX_WORD_LENGTH]
    in_capitals = len(word) > 1 and word.isupper()
    return (((marked,),), ((MARK + marked,),)) if in_capitals else (((marked,),),)
