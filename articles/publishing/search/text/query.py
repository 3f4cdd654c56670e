"""Questions: what a reader typed, understood and bounded.

Words must all be there; "words in quotes" stand together; -word keeps stories out; OR (in
capitals) joins two questions. What makes no sense is passed over: no text is an error.
"""

import re
from dataclasses import dataclass, field
from itertools import combinations, pairwise, takewhile

from .compounds import UNIT, is_initials, joined
from .dates_in_words import day_in
from .tokenizer import LONGEST, MARK, WORD, cut, fold, site_language

MOST_CHARACTERS = 300
MOST_TERMS = 12
MOST_PAIRED = 4
"""Words of a question of which each two may be one: steel works, steelworks."""
SHORTEST_CUT = 2
"""Letters of each half of a word that may be two."""

_QUOTES = dict.fromkeys(map(ord, "“”„‟«»″＂〝〞〟「」『』"), '"')
_SINGLE = re.compile(r"(?<!\w)['‘‚‛‹](?=\S)([^'\"‘’‹›]*\s[^'\"‘’‹›]*?)(?<=\S)['’‘›](?!\w)")
_MINUS = re.compile(r"(?<!\S)[\u2010-\u2013\u2212](?=[\w\"])")
_PIECE = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')


@dataclass(frozen=True)
class Group:
    """Terms that must and must not be there.

    A term is a tuple of alternatives, one of which must be there; an alternative is a tuple of
    phrases, all of which must be; a phrase is a tuple of stems that stand together.
    """

    wanted: tuple = ()
    unwanted: tuple = ()


@dataclass(frozen=True)
class Query:
    """A question: stories that answer one group or more. False when it asks for nothing.

    `common` tells that nothing but words like “who” are asked for, in headlines then.
    """

    words: str
    groups: tuple = field(default=())
    common: bool = False
    nearest: tuple = field(default=(), repr=False)

    def __bool__(self):
        return bool(self.groups)

    @property
    def phrases(self):
        groups = self.groups
        terms = (term for group in groups for term in group.wanted + group.unwanted)
        return (phrase for term in terms for alternative in term for phrase in alternative)

    @property
    def is_word(self):
        """Whether a single word is asked for, which may be written as two."""
        wanted = [term for group in self.groups for term in group.wanted]
        return bool(self.nearest) and len(wanted) == 1 and not self.has_phrase

    @property
    def stems(self):
        """The stems to be marked in a story."""
        return {
            stem.strip(MARK)
            for group in self.groups
            for term in group.wanted
            for alternative in term
            for phrase in alternative
            for stem in phrase
        }

    @property
    def has_phrase(self):
        """Whether words must stand together, which an index alone cannot tell everywhere."""
        return any(len(phrase) > 1 for phrase in self.phrases)


def tidy(words):
    """What was typed, in one line, without what cannot be shown, and not too long."""
    text = words[: MOST_CHARACTERS * 4]
    text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())[:MOST_CHARACTERS].strip()


def parse(words):
    """The Query of what was typed."""
    words = tidy(words)
    read = _Reading()
    for pieces in _between_ors(_PIECE.findall(plain_marks(words))):
        read.group(pieces)
    groups = tuple(read.groups)
    if groups:
        return Query(words, groups, nearest=read.nearest())
    return Query(words, _of_common(words), common=True)


def plain_marks(words):
    """What was typed with one kind of quotation marks and one minus."""
    words = _SINGLE.sub(r'"\1"', words.translate(_QUOTES))
    return _MINUS.sub("-", words)


def _between_ors(pieces):
    """Pieces of what was typed, in groups."""
    groups = [[]]
    for piece in pieces:
        if piece[0] == "" and piece[2] == "OR":
            groups.append([])
        else:
            groups[-1].append(piece)
    return groups


class _Reading:
    """What has been understood so far."""

    def __init__(self):
        self.room, self.groups, self.asked = MOST_TERMS, [], []

    def group(self, pieces):
        """Take in one group, and its further forms: each two words of few may be one."""
        wanted, unwanted, words = [], [], []
        while pieces and self.room:
            (minus, quoted, bare), taken = pieces[0], 1
            if bare and not minus:
                term, taken = self._term_of(pieces)
            else:
                term = _together(quoted) if quoted else _either(bare)
            pieces = pieces[taken:]
            if term:
                self.room = max(0, self.room - sum(map(len, term[0])))
                (unwanted if minus else wanted).append(term)
                if not minus:
                    words.append(bare if taken == 1 and bare.isalnum() else "")
        if not wanted:
            return
        self.asked.append((wanted, unwanted, words))
        self.groups.append(Group(tuple(wanted), tuple(unwanted)))
        if 1 < len(wanted) <= MOST_PAIRED:
            self.groups += _paired(wanted, unwanted, words)

    def _term_of(self, pieces):
        """The term that bare words begin with, a day or a word, and how many pieces it takes."""
        bare = [bare for _, _, bare in takewhile(lambda each: each[2] and not each[0], pieces)]
        if day := day_in(bare):
            word, taken = day
            said = tuple((stem,) for stem in site_language().stems(" ".join(bare[:taken])))
            return (said, ((word,),)), taken
        return _either(bare[0]), 1

    def nearest(self):
        """Groups that ask for most of the words of a question that finds nothing; or for the
        halves of its only word."""
        if len(self.asked) != 1:
            return ()
        wanted, unwanted, words = self.asked[0]
        terms = [each for term in wanted for each in _apart(term)][:MOST_TERMS]
        if len(terms) == 1:
            return tuple(Group((term,), tuple(unwanted)) for term in _halves(words[0]))
        enough = max(len(terms) // 2 + 1, len(terms) - 2) if len(terms) > 2 else 1
        return tuple(Group(some, tuple(unwanted)) for some in combinations(terms, enough))


def _together(text):
    """The term of words in quotes, or None."""
    phrase = tuple(site_language().stems(text))[:MOST_TERMS]
    return ((phrase,),) if phrase else None


def _either(text):
    """The term of a bare word, in all its forms: e-mail is “e mail” or email. Or None."""
    language = site_language()
    alternatives = []
    phrase = tuple(language.stems(text))[:MOST_TERMS]
    unit, *others = UNIT.findall(text) or [""]
    whole = "" if others or ("/" in unit and phrase) else joined(unit)
    if whole and whole not in language.stops and len(whole) <= LONGEST and len(cut(unit)) > 1:
        alternatives.append(((language.stem_of(whole),),))
    # The single letters of U.S. stand in too many stories.
    if phrase and (phrase,) not in alternatives and not (alternatives and is_initials(unit)):
        alternatives.insert(0, (phrase,))
    return tuple(alternatives) or None


def _paired(wanted, unwanted, words):
    """The group once more for each two words that may be written as one."""
    for number, (one, other) in enumerate(pairwise(words)):
        if one and other:
            term = (((site_language().stem_of(fold(one + other)),),),)
            some = (*wanted[:number], term, *wanted[number + 2 :])
            yield Group(some, tuple(unwanted))


def _apart(term):
    """The terms of the words of a phrase; of any other term one that lets its words stand apart,
    which is quicker to look for."""
    if len(term) == len(term[0]) == 1:
        return [(((stem,),),) for stem in term[0][0]]
    return [tuple(tuple((stem,) for phrase in each for stem in phrase) for each in term)]


def _halves(word):
    """The terms of the two words that one may be: steel works."""
    stems = site_language().stems
    for at in range(SHORTEST_CUT, len(word) - SHORTEST_CUT + 1):
        phrase = tuple(stems(f"{word[:at]} {word[at:]}"))
        if len(phrase) == 2:
            yield ((phrase,),)


def _of_common(words):
    """Groups that ask for the common words of what was typed, in headlines."""
    wanted, unwanted = [], []
    for minus, quoted, bare in _PIECE.findall(plain_marks(words)):
        if minus and (term := _together(quoted) if quoted else _either(bare)):
            unwanted.append(term)
        elif not minus and bare != "OR":
            stops = site_language().stops
            wanted += [_common(word) for word in cut(quoted or bare) if fold(word) in stops]
    groups = (Group(tuple(wanted[:MOST_TERMS]), tuple(unwanted[:MOST_TERMS])),)
    return groups if wanted else ()


def _common(word):
    """The term of a common word; one in capitals is worth more where it stands so."""
    common = MARK + fold(word)[:LONGEST]
    forms = [common, MARK + common] if len(word) > 1 and word.isupper() else [common]
    return tuple(((form,),) for form in forms)


def typed(words):
    """The words of what was typed that are not operators, as they stand, with their places."""
    return [found for found in WORD.finditer(words) if found.group() != "OR"]
