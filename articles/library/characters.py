"""Invisible characters, removed from every text that comes in."""

import re
import unicodedata

_PLANES = range(0x10000, 0x110000, 0x10000)

# Controls, surrogates, what is no character, and what has no shape of its own. Not among them:
# line breaks and tabs, variation selectors (emoji wear them), the visible signs of Arabic numbers.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
    + "".join(
        f"{chr(0x10000 * plane + 0xFFFE)}{chr(0x10000 * plane + 0xFFFF)}" for plane in range(1, 17)
    )
    + "]"
)
_ENDS_OF_LINES = re.compile("\r\n?|[\u2028\u2029]")
_SPACES = re.compile("[ \t\n]+")
_JOINERS = re.compile("[\u200c\u200d]+")
_DIRECTIONS = re.compile("[\u200e\u200f\u061c]+")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
MOST_JOINERS = 50_000
"""Each is looked at; a long text in Persian has a tenth of these."""

# The flags of England, Scotland and Wales are spelt in characters that have no shape.
_FLAG = re.compile("(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f)")


def tidy(text: str, *, before: str = "", after: str = "") -> str:
    """The text without invisible characters, its lines ended by U+000A.

    Joiners (U+200C, U+200D) stay between letters, digits and emoji, and at the end of a word that
    is spelt with one; direction marks (U+200E, U+200F, U+061C) stay in Arabic or Hebrew text.
    `before` and `after` are the neighbours of a piece of a longer text. Tidying twice changes
    nothing more.
    """
    if text.isascii() and text.isprintable():
        return text
    flags = _FLAG.split(_ENDS_OF_LINES.sub("\n", text))
    text = "".join(part if place % 2 else _UNSEEN.sub("", part) for place, part in enumerate(flags))
    if not _RIGHT_TO_LEFT.search(text):
        text = _DIRECTIONS.sub("", text)
    if text.count("\u200c") + text.count("\u200d") > MOST_JOINERS:
        return _JOINERS.sub("", text)
    return _JOINERS.sub(lambda found: _joiner(found, before, after), text)


def tidy_line(text: str) -> str:
    """The text, tidied, on one line: a space for line breaks, tabs or several spaces."""
    return _SPACES.sub(" ", tidy(text))


def _joiner(found: re.Match[str], before: str, after: str) -> str:
    """The first of some joiners if it joins something, else nothing."""
    text = found.string
    left = text[found.start() - 1] if found.start() else before[-1:]
    right = text[found.end()] if found.end() < len(text) else after[:1]
    return found[0][0] if _ends_with(left) or (_joins(left) and _joins(right)) else ""


def _ends_with(character: str) -> bool:
    """Whether a word may end with a joiner after a character: an Indian one after its last mark, an
    Arabic one after a letter that is to be shaped as if another followed."""
    if not character or "\ufe00" <= character <= "\ufe0f":  # a mark of emoji
        return False
    kind = unicodedata.category(character)[0]
    return kind == "M" or (kind == "L" and _RIGHT_TO_LEFT.match(character) is not None)


def _joins(character: str) -> bool:
    """Whether a character is a letter, a mark on one, a digit, or an emoji (or its modifier)."""
    category = unicodedata.category(character) if character else ""
    if category in {"Sm", "Sk"}:  # ↔ (of a head that shakes), the colours of skin
        return not character.isascii()
    return category[:1] in {"L", "M"} or category in {"Nd", "So"}
