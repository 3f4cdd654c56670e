"""Tokenizer: words cut out of a text, folded (case and accents away) and stemmed."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from itertools import chain
from pathlib import Path
from threading import Lock

import snowballstemmer
from django.conf import settings
from django.conf.locale import LANG_INFO

from ..bounded_dict import BoundedDict

MAX_WORD_LENGTH = 40
CACHED_WORDS = 100_000
"""Words whose stems a process keeps, about 200 bytes each."""

# Letters and digits, with the marks that some scripts write beside their letters.
LETTERS = "[\\w\u0300-\u036f\u064b-\u065f\u0900-\u0963\u0966-\u0dff]"
WORD = re.compile(f"{LETTERS}+")
MARK = "\u00b7"
"""Before what the index holds beside words (a stop word of a headline, the day of a story): no
letter, so no word is ever the same. Alone it stands for a gap that no phrase reaches across."""
# Everything in ASCII that is in no WORD → a space: much quicker than the pattern.
_ASCII_SPACES = str.maketrans(
    {sign: " " for sign in map(chr, range(128)) if not WORD.fullmatch(sign)}
)
# Scripts written without spaces are cut into characters; a run of them is then a phrase.
_PARTS = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+"
)
# What is left when accents are gone; libraries that transliterate would change every script.
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "ё": "е"}
)
STOP_WORDS = {
    code: frozenset(words.split())
    for code, words in (
        line.split(":")
        for line in Path(__file__).with_name("stop_words.txt").read_text("utf-8").splitlines()
    )
}
"""By language, words too common to be useful: indexed only for headlines, marked (MARK)."""
# Persian and Esperanto have always been indexed without stems.
STEMMERS = set(snowballstemmer.algorithms()) - {"persian", "esperanto"}


def tokenize(text: str) -> list[str]:
    """The WORDs of a text, in order."""
    return text.translate(_ASCII_SPACES).split() if text.isascii() else WORD.findall(text)


def fold(word: str) -> str:
    """A word without case and accents; marks stay where they are letters of their own."""
    if word.isascii():
        return word.casefold()
    # Letters of a shape of their own (U+1D401) have case only when they are plain ones.
    word = unicodedata.normalize("NFKC", word).casefold()
    kept, base = [], ""
    for character in unicodedata.normalize("NFKD", word):
        if not unicodedata.combining(character):
            base = character
        elif base < "\u0400":  # Latin and Greek
            continue
        kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_LETTERS)


class _Cache(BoundedDict):
    """What a function gives for words."""

    def __init__(self, function: Callable[[str], tuple[str, ...]]) -> None:
        super().__init__(CACHED_WORDS)
        self.function = function

    def __missing__(self, word: str) -> tuple[str, ...]:
        found = self.function(word)
        # There is no end of numbers, and they have no stems to be found.
        if not word.isdecimal():
            self[word] = found
        return found


class Language:
    """The stemmer and the stop words of a language. `code` is a LANGUAGE_CODE."""

    def __init__(self, code: str) -> None:
        code = code.lower().split("-")[0]
        # Snowball goes by English names: "norwegian" for Norwegian Bokmål.
        name = LANG_INFO.get(code, {}).get("name", "").lower().split(" ")[0]
        self.stop_words = STOP_WORDS.get("no" if name == "norwegian" else code, frozenset())
        self._stemmer = snowballstemmer.stemmer(name) if name in STEMMERS else None
        self._lock = Lock()  # a stemmer keeps the word at hand in itself
        self.stems = _Cache(lambda word: tuple(map(self.stem_of, self.terms(word))))

    def terms(self, word: str) -> list[str]:
        """What is indexed of a WORD of a text, folded; nothing when it is a stop word, or nothing
        but accents."""
        folded = (fold(part)[:MAX_WORD_LENGTH] for part in _PARTS.findall(word))
        return [part for part in folded if part and part not in self.stop_words]

    def stem_of(self, folded: str) -> str:
        """The stem of one folded word."""
        word = folded[:MAX_WORD_LENGTH]
        if self._stemmer is None or not word.isalpha():
            return word
        with self._lock:
            return self._stemmer.stemWord(word) or word

    def stems_of(self, words: Iterable[str]) -> list[str]:
        """The stems of WORDs, in order."""
        return list(chain.from_iterable(map(self.stems.__getitem__, words)))

    def stems_in(self, text: str) -> list[str]:
        """The stems of a text, in order."""
        return self.stems_of(tokenize(text))

    def marked_stop_words(self, text: str) -> list[str]:
        """The stop words of a text, marked; those in capitals among others once more with two
        marks (WHO is not who)."""
        found = []
        for word in tokenize(text):
            folded = fold(word)
            if folded in self.stop_words:
                found.append(MARK + folded)
                if len(word) > 1 and word.isupper() and not text.isupper():
                    found.append(MARK * 2 + folded)
        return list(dict.fromkeys(found))


language = cache(Language)


def site_language() -> Language:
    """The language in which the site is searched: that of LANGUAGE_CODE."""
    return language(settings.LANGUAGE_CODE)
