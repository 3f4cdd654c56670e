"""Words: cut out of a text, folded (case and accents away) and brought to their stems."""

import re
import unicodedata
from functools import cache, lru_cache
from threading import Lock

import snowballstemmer
from django.conf import settings

from .stop_words import STOPS

LONGEST = 40
"""Characters of a word that count."""
MOST_KNOWN = 200_000
"""Words whose stems are kept at hand."""

# Letters and digits, with the marks that some scripts write beside their letters.
LETTERS = "[\\w\u0300-\u036f\u064b-\u065f\u0900-\u0963\u0966-\u0dff]"
WORD = re.compile(f"{LETTERS}+")
MARK = "\u00b7"
"""Before what the index holds beside words (a common word of a headline, the day of a story): no
letter, so no word is ever the same. Alone it stands for a gap that no phrase reaches across."""
_PLAIN_WORD = re.compile("\\w+", re.ASCII)
# Scripts written without spaces are cut into characters; a run of them is then a phrase.
_PARTS = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+"
)
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "ё": "е"}
)
_NAMES = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}


def cut(text):
    """The WORDs of a text, in order."""
    return (_PLAIN_WORD if text.isascii() else WORD).findall(text)


def fold(word):
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


class Language:
    """How words of one language are brought to their stems. `code` is a LANGUAGE_CODE."""

    def __init__(self, code):
        code = code.lower().split("-")[0]
        name = _NAMES.get(code)
        self.stops = STOPS.get({"nb": "no", "nn": "no"}.get(code, code), frozenset())
        self._stemmer = snowballstemmer.stemmer(name) if name else None
        self._lock = Lock()  # a stemmer keeps the word at hand in itself
        self.analyse = lru_cache(maxsize=65_536)(self._analyse)
        self._stems = _Stems(self)

    def _analyse(self, word):
        """What a WORD of a text gives: ((folded, stem), …); nothing when it is too common."""
        folded = (fold(part)[:LONGEST] for part in _PARTS.findall(word))
        return tuple((part, self._stem(part)) for part in folded if part not in self.stops)

    def _stem(self, word):
        if self._stemmer is None or not word.isalpha():
            return word
        with self._lock:
            return self._stemmer.stemWord(word) or word

    def stems(self, text):
        """The stems of a text, in order."""
        return self.stems_of(cut(text))

    def stem_of(self, folded):
        """The stem of one folded word."""
        return self._stem(folded[:LONGEST])

    def common(self, text):
        """The common words of a text, marked; those in capitals among others once more with two
        marks (WHO is not who)."""
        found = []
        for word in cut(text):
            folded = fold(word)
            if folded in self.stops:
                found.append(MARK + folded)
                if len(word) > 1 and word.isupper() and not text.isupper():
                    found.append(MARK * 2 + folded)
        return list(dict.fromkeys(found))

    def stems_of(self, words):
        """The stems of WORDs, in order. The quick way, for thousands of texts on end."""
        if len(self._stems) > MOST_KNOWN:
            self._stems = _Stems(self)
        stems = self._stems
        return " ".join([stems[word] for word in words]).split()


class _Stems(dict):
    """Words and their stems (none, one, or several with spaces between), each found out once."""

    def __init__(self, language):
        self._language = language

    def __missing__(self, word):
        stems = self[word] = " ".join(stem for _, stem in self._language.analyse(word))
        return stems


@cache
def language(code):
    """The Language of a code, made once."""
    return Language(code)


def site_language():
    """The language in which the site is searched: that of LANGUAGE_CODE."""
    return language(settings.LANGUAGE_CODE)
