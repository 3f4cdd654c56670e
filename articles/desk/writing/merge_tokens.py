"""Words as tokens: a word, a space, a sign, a break where a block of text begins.

What a token looks like (its marks, the kind of its block) is its style. A sentence may be one
token, where nobody needs to look into it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

BREAK = "\0"
"""A token that begins with it, and is longer, is a break: the id or the place of a block."""
INLINE = "\1"
"""A token that begins with it, and is longer, is a node among words, such as a hard break."""
LINE = INLINE + "hardBreak"
_TOKENS = re.compile(r"\w+(?:['\u2019-]\w+|[.,]\d+)*|\s+|[^\w\s]")
_ENDS = frozenset(".!?\u2026\u061f\u06d4")
_ENDS_WITHOUT_SPACE = frozenset("\u3002\uff01\uff1f")
_CLOSING = "\"'\u201d\u2019\u00bb)]"
_SENTENCE_END = re.compile(r"[.!?\u2026\u061f\u06d4][\"'\u201d\u2019\u00bb)\]]*(?=\s)")
_LAST_WORD = re.compile(r"(?<!\w)(\w{1,8})\.\Z")
_CLOSERS = frozenset(_CLOSING)
_MAY_END = _ENDS | _ENDS_WITHOUT_SPACE | _CLOSERS
_ABBREVIATIONS = frozenset(
    re.split(" ", "Mr Mrs Ms Dr Prof St No Gov Sen Rep Gen Col Capt Lt Sgt vs cf approx")
)
Token = tuple[str, Any]
"""(its text, its style)"""
Marks = tuple[tuple[str, Any], ...]
"""((type, attrs), …)"""


class Mixed(NamedTuple):
    """The style of a word whose letters differ: ((how many letters, their marks), …)."""

    runs: tuple[tuple[int, Marks], ...]


@dataclass
class Words:
    """Tokens with the style of each."""

    tokens: list[str]
    styles: list[Any]

    def part(self, start: int, end: int) -> list[Token]:
        return list(zip(self.tokens[start:end], self.styles[start:end], strict=True))

    @cached_property
    def bounds(self) -> list[int]:
        """Where sentences and breaks begin and end: indices of tokens."""
        found = [0]
        for at, token in enumerate(self.tokens):
            if token[0] == BREAK and is_break(token):
                if found[-1] != at:
                    found.append(at)
                found.append(at + 1)
            elif token[-1] in _MAY_END and _ends_sentence(self.tokens, at):
                found.append(at + 1)
        if found[-1] != len(self.tokens):
            found.append(len(self.tokens))
        return found


def tokenise(text: str) -> list[str]:
    return _TOKENS.findall(text)


def split_sentences(text: str) -> list[str]:
    """The text in sentences, each with the space before it."""
    if BREAK in text or INLINE in text:
        return tokenise(text)
    sentences = []
    start = 0
    for found in _SENTENCE_END.finditer(text):
        if not text[found.end() : found.end() + 2].strip().islower() and not _is_abbreviated(
            text[start : found.start() + 1]
        ):
            sentences.append(text[start : found.end()])
            start = found.end()
    return [*sentences, text[start:]] if start < len(text) else sentences


def _is_abbreviated(text: str) -> bool:
    """Whether a full stop at the end of a text ends a word only."""
    last = _LAST_WORD.search(text, max(len(text) - 10, 0))
    return last is not None and (len(last[1]) == 1 or last[1] in _ABBREVIATIONS)


def _ends_sentence(tokens: Sequence[str], at: int) -> bool:
    """Whether a sentence ends with the token at an index: its sign, what closes it, or all."""
    start = at
    while start > 0 and tokens[start] in _CLOSERS:
        start -= 1
    text = "".join(tokens[max(start - 1, 0) : at + 1]) if len(tokens[at]) == 1 else tokens[at]
    text = text.rstrip(_CLOSING)
    sign = text[-1:]
    following = tokens[at + 1] if at + 1 < len(tokens) else LINE
    if sign in _ENDS_WITHOUT_SPACE:
        return following[0] not in _MAY_END
    if sign not in _ENDS:
        return False
    if is_break(following) or following == LINE:
        return True
    if not following[0].isspace():
        return False
    word = following.lstrip() or "".join(tokens[at + 2 : at + 3])
    if word[:1].islower():
        return False
    return not _is_abbreviated(text)


def is_marked_up(token: str) -> bool:
    """Whether a token is a break or a node, not text."""
    return token[0] in (BREAK, INLINE) and len(token) > 1


def is_break(token: str) -> bool:
    return token[0] == BREAK and len(token) > 1


def is_gap(token: str) -> bool:
    """Whether a token only keeps words apart."""
    return token.isspace() or token == LINE or is_break(token)


def plain(tokens: Sequence[Token]) -> str:
    """Words without marks, blocks as paragraphs."""
    return "".join(map(_plain, (token for token, _ in tokens)))


def _plain(token: str) -> str:
    if is_break(token):
        return "\n\n"
    if token[0] == INLINE and len(token) > 1:
        return "\n" if token == LINE else ""
    return token
