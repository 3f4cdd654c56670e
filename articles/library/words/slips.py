"""Slips of typing: what else a word may have been."""

import unicodedata

_ALPHABETS = {
    "CYRILLIC": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "GREEK": "αβγδεζηθικλμνξοπρσςτυφχψω",
}
_LATIN = "abcdefghijklmnopqrstuvwxyz"


def one_edit_away(word: str) -> set[str]:
    """Every word at edit distance 1 from this one: several hundred."""
    script = unicodedata.name(word[0], "").partition(" ")[0]
    letters = _ALPHABETS.get(script, _LATIN)
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    return (
        {head + tail[1:] for head, tail in cuts if tail}
        | {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
        | {head + letter + tail[1:] for head, tail in cuts if tail for letter in letters}
        | {head + letter + tail for head, tail in cuts for letter in letters}
    ) - {word}
