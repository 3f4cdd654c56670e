"""Finding the words that a newsroom writes otherwise: thousands of them, in one reading."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate, islice
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .finding import Found
from .house_word import HouseWord
from .patterns import compile_pattern
from .story_text import StoryText

MOST_FOUND = 100
"""Places that are told of one pattern, or of one line of words."""
MOST_STEPS = 4
"""Steps from one part of a text to the next, for each part of it: words of the list that repeat
themselves (“a a a a”) would take very many, others take no more than one."""

# A word with its marks: those of Hebrew, Arabic and Indian scripts are no letters to Python.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0dff"
_WORD = re.compile(rf"[\w{_MARKS}]+")
_PART = re.compile(rf"[\w{_MARKS}]+|\s+|[^\w\s{_MARKS}]")
_APOSTROPHES = str.maketrans("\u2018\u2019\u02bc", "'''")


@dataclass
class _Node:
    """The words that begin alike, so far: which part may follow, and what ends here."""

    after: dict[str, "_Node"] = field(default_factory=dict)
    words: list[HouseWord] = field(default_factory=list)


class Names:
    """The list of one language, made ready to search a text in time that grows as the text."""

    def __init__(self, words: Iterable[HouseWord]) -> None:
        self._root = _Node()
        self._patterns: list[tuple[Any, HouseWord]] = []
        for word in words:
            if word.is_pattern:
                try:
                    compiled = compile_pattern(word.wrong, case_sensitive=word.case_sensitive)
                except ValidationError:
                    continue  # loaded from a file: the list says what is wrong with it
                self._patterns.append((compiled, word))
            else:
                self._add(word)

    def _add(self, word: HouseWord) -> None:
        node = self._root
        for part in _parts(word.wrong):
            node = node.after.setdefault(part, _Node())
        node.words.append(word)

    def found_in(self, story: StoryText) -> Iterator[Found]:
        """What stands in a story and is to be written otherwise, each place once."""
        told: set[tuple[str, int | None, str]] = set()
        for start, end, word in self._spans(story.text):
            words = story.text[start:end]
            place = story.place_at(start)
            if (key := (place, word.pk, words)) not in told:
                told.add(key)
                yield Found(place, sentence_of(word, words), words, word.level)

    def _spans(self, text: str) -> Iterator[tuple[int, int, HouseWord]]:
        yield from self._of_words(text)
        for pattern, word in self._patterns:
            found = (match.span() for match in pattern.finditer(text))
            whole = (span for span in found if _is_whole(text, *span))
            yield from islice(((*span, word) for span in whole), MOST_FOUND)

    def _of_words(self, text: str) -> Iterator[tuple[int, int, HouseWord]]:
        if not self._root.after:
            return
        first = self._root.after
        parts = _PART.findall(text)  # of which every character is in one
        starts = [0, *accumulate(map(len, parts))]
        form = {part: _fold(part) for part in set(parts)}
        folded = [form[part] for part in parts]
        steps, told = MOST_STEPS * len(parts), Counter[int]()
        for place in [place for place, part in enumerate(folded) if part in first]:
            node: _Node | None = first[folded[place]]
            at = place
            while node is not None and steps:
                span = starts[place], starts[at + 1]
                for word in node.words:
                    if told[id(word)] >= MOST_FOUND:
                        continue
                    if _is_whole(text, *span) and _is_wrong(text, *span, word):
                        told[id(word)] += 1
                        yield *span, word
                steps -= 1
                at += 1
                node = node.after.get(folded[at]) if at < len(folded) else None


def sentence_of(word: HouseWord, words: str) -> str:
    """What a writer is told of words that are on the list."""
    if word.right:
        sentence = _("“%(words)s”: write “%(right)s”.") % {"words": words, "right": word.right}
    else:
        sentence = _("“%s” is not written here.") % words
    return f"{sentence} {word.reason}".strip()


def _parts(text: str) -> list[str]:
    return [_fold(part) for part in _PART.findall(text)]


def _fold(part: str) -> str:
    """A word, a sign or a space, as it is looked up: one space is as good as another."""
    if part.isspace():
        return " "
    return unicodedata.normalize("NFC", part).translate(_APOSTROPHES).casefold()


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether what stands there is something, and cuts no word in two."""
    if start >= end or "\x00" in text[start:end]:
        return False
    return not (_joins(text, start) or _joins(text, end))


def _joins(text: str, place: int) -> bool:
    """Whether a place is in the middle of a word."""
    around = text[place - 1 : place], text[place : place + 1]
    return bool(place) and all(_WORD.fullmatch(character) for character in around)


def _is_wrong(text: str, start: int, end: int, word: HouseWord) -> bool:
    """Whether words that were found are those of the list, and do not stand in the right form."""
    words = text[start:end]
    if word.case_sensitive and _spaced(words) != _spaced(word.wrong):
        return False
    return not any(
        text[start - offset : start - offset + len(word.right)] == word.right
        for offset in word.offsets_in_right()
        if offset <= start
    )


def _spaced(text: str) -> str:
    return " ".join(text.translate(_APOSTROPHES).split())
