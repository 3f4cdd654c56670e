"""Guesses: words near a word that found little, and words that begin like one."""

import re
import unicodedata

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_GREEK = "αβγδεζηθικλμνξοπρσςτυφχψω"
_ALIKE = ((re.compile("ph"), "f"), (re.compile("[cq]"), "k"), (re.compile("z"), "s"))
_SILENT = re.compile("[aeiouyhw]")
_DOUBLE = re.compile(r"(.)\1+")


def sound_of(word):
    """A rough key that words of one sound share; empty where it would be shared too widely."""
    if not word.isascii():
        return ""
    for pattern, letter in _ALIKE:
        word = pattern.sub(letter, word)
    key = _DOUBLE.sub(r"\1", word[0] + _SILENT.sub("", word[1:]))
    return key if len(key) > 2 else ""


def one_edit_away(word):
    """Every word that one slip of the hand makes of this one: some hundreds."""
    letters = _alphabet(word)
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    return (
        {head + tail[1:] for head, tail in cuts if tail}
        | {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
        | {head + letter + tail[1:] for head, tail in cuts if tail for letter in letters}
        | {head + letter + tail for head, tail in cuts for letter in letters}
    ) - {word}


def _alphabet(word):
    name = unicodedata.name(word[0], "")
    return _CYRILLIC if "CYRILLIC" in name else _GREEK if "GREEK" in name else _LATIN


def distance(one, other):
    """How many slips lie between two words: letters left out, put in, changed or swapped."""
    before, row = None, list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            steps = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if last and j > 1 and a == other[j - 2] and one[i - 2] == b:
                steps = min(steps, last[j - 2] + 1)
            row.append(steps)
    return row[-1]
