"""Blocks of prose as a stream of tokens, and back.

A break stands where a block of text begins; it knows which lists and quotations it stands in and
which it opens.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from .merge_tokens import (
    BREAK,
    INLINE,
    LINE,
    Marks,
    Mixed,
    Token,
    Words,
    is_break,
    split_sentences,
)

Node = dict[str, Any]
PROSE = frozenset({"paragraph", "heading", "bulletList", "orderedList", "blockquote"})
_TEXT = frozenset({"paragraph", "heading"})
_ALIKE = {"bulletList": "list", "orderedList": "list"}


class Malformed(Exception):
    """Merged words that make no blocks: both changed how a list or quotation is built."""


class Block(NamedTuple):
    """The style of a break: the open nodes that it stands in, and those that it opens."""

    path: tuple[str, ...]
    opens: list[Node]


class Inline(NamedTuple):
    """The style of a node among words."""

    node: Node


def plain_text(nodes: Sequence[Node]) -> str:
    """The words of blocks, paragraphs apart by an empty line."""
    return "\n\n".join(_lines(nodes))


def _lines(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        content = node.get("content", ())
        if node.get("type") in _TEXT:
            yield "".join(
                "\n" if child.get("type") == "hardBreak" else child.get("text", "")
                for child in content
            )
        else:
            yield from _lines(content)


def flatten(nodes: Iterable[Node]) -> Words:
    words = Words([], [])
    for node in nodes:
        _flatten(node, (), [], words)
    return words


def _flatten(node: Node, path: tuple[str, ...], opens: list[Node], words: Words) -> None:
    shell = {key: value for key, value in node.items() if key != "content"}
    opens = [*opens, shell]
    content = node.get("content", ())
    if node["type"] in _TEXT:
        kinds = [_kind(each) for each in opens]
        key = f":{'/'.join(path)}:{'/'.join(kinds)}" if path else opens[0]["attrs"]["id"]
        words.tokens.append(BREAK + key)
        words.styles.append(Block(path, opens))
        _flatten_inline(content, words)
        return
    if not content:
        raise Malformed
    for child in content:
        _flatten(child, path, opens, words)
        path, opens = (*path, *map(_kind, opens)), []


def _kind(node: Node) -> str:
    kind: str = node["type"]
    return _ALIKE.get(kind, kind)


def _flatten_inline(content: Iterable[Node], words: Words) -> None:
    texts: list[tuple[str, Marks]] = []
    for node in content:
        if node["type"] == "text":
            texts.append((node["text"], _marks(node)))
            continue
        _flatten_texts(texts, words)
        texts = []
        plain_break = node["type"] == "hardBreak"
        words.tokens.append(LINE if plain_break else INLINE + json.dumps(node, sort_keys=True))
        words.styles.append(Inline(node))
    _flatten_texts(texts, words)


def _marks(node: Node) -> Marks:
    return tuple((mark["type"], mark.get("attrs") or {}) for mark in node.get("marks", ()))


def _flatten_texts(texts: list[tuple[str, Marks]], words: Words) -> None:
    sentences = split_sentences("".join(text for text, _ in texts))
    words.tokens += sentences
    words.styles += cut_marks([(len(text), marks) for text, marks in texts], sentences)


def cut_marks(runs: Sequence[tuple[int, Marks]], parts: list[str]) -> list[Any]:
    """The style of each part of a text, given its marks as (how many letters, marks)."""
    if len(runs) == 1:
        return [runs[0][1]] * len(parts)
    styles: list[Any] = []
    rest = iter(runs)
    left: int = 0
    marks: Marks = ()
    for part in parts:
        cut: list[tuple[int, Marks]] = []
        wanted = len(part)
        while wanted:
            if not left:
                left, marks = next(rest)
            taken = min(left, wanted)
            left, wanted = left - taken, wanted - taken
            if taken and cut and cut[-1][1] == marks:
                cut[-1] = (cut[-1][0] + taken, marks)
            elif taken:
                cut.append((taken, marks))
        styles.append(cut[0][1] if len(cut) == 1 else Mixed(tuple(cut)))
    return styles


def build(tokens: Iterable[Token]) -> list[Node]:
    """The blocks that tokens stand for. Raises Malformed."""
    top: list[Node] = []
    stack: list[Node] = []
    for token, style in tokens:
        if is_break(token):
            kinds = tuple(_kind(each) for each in stack[: len(style.path)])
            if kinds != style.path or (style.path and len(stack) <= len(style.path)):
                raise Malformed
            del stack[len(style.path) :]
            for shell in style.opens:
                node = dict(shell)
                (stack[-1].setdefault("content", []) if stack else top).append(node)
                stack.append(node)
        else:
            _append_inline(stack[-1].setdefault("content", []), token, style)
    return top


def _append_inline(content: list[Node], token: str, style: Any) -> None:
    if isinstance(style, Inline):
        content.append(style.node)
        return
    at = 0
    for length, marks in style.runs if isinstance(style, Mixed) else ((len(token), style),):
        _append_text(content, token[at : at + length], marks)
        at += length


def _append_text(content: list[Node], text: str, marks: Marks) -> None:
    if content and content[-1]["type"] == "text" and _marks(content[-1]) == marks:
        content[-1]["text"] += text
        return
    node: Node = {"type": "text", "text": text}
    if marks:
        node["marks"] = [
            {"type": kind, "attrs": attrs} if attrs else {"type": kind} for kind, attrs in marks
        ]
    content.append(node)


def links(nodes: Iterable[Node]) -> set[str]:
    """The addresses that the words of blocks link to."""
    found: set[str] = set()
    for node in nodes:
        for mark in node.get("marks", ()):
            if mark["type"] == "link":
                found.add(str(mark.get("attrs", {}).get("href", "")))
        found |= links(node.get("content", ()))
    return found


def begins_block(token: str) -> bool:
    return is_break(token) and ":" not in token
