"""Merges blocks of prose three ways: one that both changed, or a run that was split or joined.

The words of a run are merged as one stream of tokens, in which the beginning of a block is a token
too.
"""

from collections import Counter
from itertools import pairwise
from typing import Any, NamedTuple

from .merge_stream import (
    Malformed,
    Node,
    begins_block,
    build,
    cut_marks,
    flatten,
    links,
    plain_text,
)
from .merge_tokens import (
    BREAK,
    Mixed,
    Token,
    Words,
    is_break,
    is_gap,
    is_marked_up,
    plain,
    tokenise,
)
from .merge_words import Piece, merge_words


class MergedRun(NamedTuple):
    """Blocks in order; `others` holds, by id, the words of a block as they wrote it where that
    is in conflict; `links` are addresses of theirs that found no place."""

    nodes: list[Node]
    others: dict[str, str]
    links: list[str]


def merge_run(base: list[Node], theirs: list[Node], mine: list[Node]) -> MergedRun:
    """Blocks of one run, each side's in the order of the base."""
    try:
        b, t, m = map(flatten, (base, theirs, mine))
        if whole := _merge_sentences(b, t, m):
            return MergedRun(_without_remains(build(_opened(whole, m, t)), t, m), {}, [])
        merged, turned = _merge_once(b, t, m), _merge_once(b, m, t)
        # Words that repeat can be read in two ways. What would read otherwise when it is merged
        # again, by either, is for people to decide.
        if _is_stable(b, merged, m) and _is_stable(b, turned, t):
            return merged._replace(links=_new_links(base, theirs, merged.nodes))
    except Malformed:
        # Both changed how a list or quotation is built.
        pass
    others = {mine[0]["attrs"]["id"]: plain_text(theirs)}
    return MergedRun(mine, others, _new_links(base, theirs, mine))


def _new_links(base: list[Node], theirs: list[Node], merged: list[Node]) -> list[str]:
    """The addresses that they linked to and that found no place."""
    return sorted(links(theirs) - links(base) - links(merged))


def _is_stable(base: Words, merged: MergedRun, mine: Words) -> bool:
    again = _merge_once(base, flatten(merged.nodes), mine)
    return again == MergedRun(merged.nodes, {}, [])


def _merge_sentences(base: Words, theirs: Words, mine: Words) -> list[Token] | None:
    """What both did if each changed other sentences, with one between that nobody changed; None
    where it takes more than that."""
    three = [list(map(_hashable, words.tokens, words.styles)) for words in (base, theirs, mine)]
    sets = [set(keys) for keys in three]
    shared = set.intersection(*sets)
    if any(len(keys) > len(each) for keys, each in zip(three, sets, strict=True)):
        return None
    places = [[at for at, key in enumerate(keys) if key in shared] for keys in three]
    first, *others = ([keys[at] for at in p] for keys, p in zip(three, places, strict=True))
    if any(each != first for each in others):
        return None
    merged: list[Token] = []
    i = j = k = 0
    for end_i, end_j, end_k in [*zip(*places, strict=True), tuple(map(len, three))]:
        b, t, m = three[0][i:end_i], three[1][j:end_j], three[2][k:end_k]
        if t in (b, m):
            merged += mine.part(k, end_k)
        elif m == b:
            merged += theirs.part(j, end_j)
        else:
            return None
        merged += mine.part(end_k, end_k + 1)
        i, j, k = end_i + 1, end_j + 1, end_k + 1
    return merged


def _merge_once(base: Words, theirs: Words, mine: Words) -> MergedRun:
    b, t, m = _split_sentences(base, theirs, mine)
    pieces = merge_words(b, t, m)
    tokens = _opened([token for piece in pieces for token in piece.mine], m, t)
    nodes = _without_remains(build(tokens), t, m)
    others = _others(pieces, {node["attrs"]["id"] for node in nodes}, nodes[0]["attrs"]["id"])
    return MergedRun(nodes, others, [])


def _split_sentences(*versions: Words) -> list[Words]:
    """Each version in tokens: a sentence that all have is one token, which saves time."""
    keys = [list(map(_hashable, words.tokens, words.styles)) for words in versions]
    counts = [Counter(each) for each in keys]
    split = []
    for words, each in zip(versions, keys, strict=True):
        tokens: list[str] = []
        styles: list[Any] = []
        for token, style, key in zip(words.tokens, words.styles, each, strict=True):
            if is_marked_up(token) or all(count[key] == 1 for count in counts):
                tokens.append(token)
                styles.append(style)
            else:
                parts = tokenise(token)
                runs = style.runs if isinstance(style, Mixed) else ((len(token), style),)
                tokens += parts
                styles += cut_marks(runs, parts)
        split.append(Words(tokens, styles))
    return split


def _hashable(token: str, style: Any) -> str:
    return f"{token}\0{style}" if style else token


def _opened(tokens: list[Token], mine: Words, theirs: Words) -> list[Token]:
    """The tokens with each block begun once, and none left without a beginning."""
    starts = [token for token, _ in tokens if begins_block(token)]
    if not tokens or not begins_block(tokens[0][0]):
        firsts = (mine.part(0, 1)[0], theirs.part(0, 1)[0])
        start = next((each for each in firsts if each[0] not in starts), firsts[0])
        tokens = [start, *tokens]
    seen: set[str] = set()
    once: list[Token] = []
    for at, token in enumerate(tokens):
        if not begins_block(token[0]) or token[0] not in seen:
            once.append(token)
        elif not is_gap(once[-1][0]) and not all(is_gap(each) for each, _ in tokens[at + 1 :][:1]):
            once.append((" ", ()))
        if begins_block(token[0]):
            seen.add(token[0])
    return once


def _without_remains(nodes: list[Node], *versions: Words) -> list[Node]:
    """The blocks but those that merging left empty."""
    empty = {
        token[1:]
        for words in versions
        for token, following in pairwise([*words.tokens, BREAK + "end"])
        if begins_block(token) and begins_block(following)
    }
    left = [each for each in nodes if "content" in each or each["attrs"]["id"] in empty]
    return left or nodes[:1]


def _others(pieces: list[Piece], ids: set[str], first: str) -> dict[str, str]:
    """The words as they have them, of each block where that is in conflict."""
    block = first
    texts: dict[str, list[str]] = {first: []}
    conflicts: set[str] = set()

    def follow(tokens: list[Token], *, with_words: bool) -> None:
        nonlocal block
        for token, style in tokens:
            if is_break(token) and token[1:] in ids:
                block = token[1:]
                texts.setdefault(block, [])
            elif with_words:
                texts[block].append(plain([(token, style)]))

    for piece in pieces:
        if piece.theirs is None:
            follow(piece.mine, with_words=True)
        else:
            words = next((at for at, each in enumerate(piece.mine) if not is_gap(each[0])), 0)
            follow(piece.mine[:words], with_words=False)
            texts[block].append(plain(piece.theirs))
            conflicts.add(block)
            follow(piece.mine[words:], with_words=False)
    found = {each: "".join(texts[each]).strip() for each in texts if each in conflicts}
    return {each: text for each, text in found.items() if text}
