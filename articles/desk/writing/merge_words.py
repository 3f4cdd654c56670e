"""Merges words three ways: what each of two people did to the same words, sentence by sentence."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from .merge_alignment import aligned, aligned_three, cuts, includes
from .merge_tokens import Token, Words, is_break, is_gap, tokenise

_MARKS = ("link", "bold", "italic", "superscript", "subscript")


class Piece(NamedTuple):
    """A part of the merged words; `theirs` is None unless they differ from mine."""

    mine: list[Token]
    theirs: list[Token] | None = None


def merge_plain(base: str, theirs: str, mine: str) -> tuple[str, str, bool]:
    """(the merged text where mine wins, where theirs does, whether that makes a difference)."""
    merged, conflict = _merge_plain_once(base, theirs, mine)
    turned, _ = _merge_plain_once(base, mine, theirs)
    # As for prose: what would read otherwise when it is merged again is for people to decide.
    stable = _merge_plain_once(base, merged, mine) == (merged, False)
    if stable and _merge_plain_once(base, turned, theirs) == (turned, False):
        return merged, turned, conflict
    return mine, theirs, True


def _merge_plain_once(base: str, theirs: str, mine: str) -> tuple[str, bool]:
    if theirs in (base, mine):
        return mine, False
    if mine == base:
        return theirs, False
    pieces = merge_words(_unstyled(base), _unstyled(theirs), _unstyled(mine))
    text = "".join(token for piece in pieces for token, _ in piece.mine)
    return text, any(piece.theirs is not None for piece in pieces)


def _unstyled(text: str) -> Words:
    tokens = tokenise(text)
    return Words(tokens, [()] * len(tokens))


def merge_words(base: Words, theirs: Words, mine: Words) -> list[Piece]:
    """The merged words in pieces, cut where a sentence begins or ends in all three."""
    base, to_theirs, to_mine = aligned_three(base, theirs, mine)
    theirs, mine = _with_merged_styles(base, theirs, mine, to_theirs, to_mine)
    pieces = []
    i = j = k = 0
    for end_i, end_j, end_k in cuts(base, theirs, mine, to_theirs, to_mine):
        three = base.part(i, end_i), theirs.part(j, end_j), mine.part(k, end_k)
        pieces.append(_merge_sentence(*three))
        i, j, k = end_i, end_j, end_k
    if any(piece.theirs is not None for piece in pieces):
        for whole, part in ((mine, theirs), (theirs, mine)):
            if includes(whole, part, base):
                return [Piece(whole.part(0, len(whole.tokens)))]
    return pieces


def _merge_sentence(base: list[Token], theirs: list[Token], mine: list[Token]) -> Piece:
    b, t, m = ([token for token, _ in part] for part in (base, theirs, mine))
    if t in (b, m):
        return Piece(mine)
    if m == b:
        return Piece(theirs)
    b_words, t_words, m_words = map(_words, (b, t, m))
    if t_words in (b_words, m_words) or b_words == m_words:
        woven = _weave(base, theirs, mine)
        return Piece(mine, theirs) if woven is None else Piece(_apart(woven, b, t, m))
    if _within(b_words, t_words) and _within(t_words, m_words):
        return Piece(mine)
    if _within(b_words, m_words) and _within(m_words, t_words):
        return Piece(theirs)
    return Piece(mine, theirs)


def _words(tokens: Sequence[str]) -> list[str]:
    return [token for token in tokens if not is_gap(token)]


def _within(few: list[str], many: list[str]) -> bool:
    """Whether all of the few stand among the many, in the same order."""
    rest = iter(many)
    return all(word in rest for word in few)


def _weave(base: list[Token], theirs: list[Token], mine: list[Token]) -> list[Token] | None:
    """A sentence whose words one changed and the other only split or joined; None if that
    cannot be told apart."""
    b, t, m = ([token for token, _ in part] for part in (base, theirs, mine))
    places = enumerate(zip(aligned(b, t), aligned(b, m), strict=True))
    shared = [(at, *place) for at, place in places if min(place) >= 0]
    woven: list[Token] = []
    i = j = k = 0
    for end_i, end_j, end_k in [*shared, (len(b), len(t), len(m))]:
        part = _weave_part(base[i:end_i], theirs[j:end_j], mine[k:end_k])
        if part is None:
            return None
        woven += part
        woven += mine[end_k : end_k + 1]
        i, j, k = end_i + 1, end_j + 1, end_k + 1
    return woven


def _weave_part(base: list[Token], theirs: list[Token], mine: list[Token]) -> list[Token] | None:
    b, t, m = ([token for token, _ in part] for part in (base, theirs, mine))
    if t in (b, m):
        return mine
    if m == b:
        return theirs
    b_words, t_words, m_words = map(_words, (b, t, m))
    if t_words in (b_words, m_words):
        worded, shaped = mine, theirs
    elif m_words == b_words:
        worded, shaped = theirs, mine
    else:
        return None
    shape = {token for token, _ in shaped}
    words = {token for token, _ in worded}
    kept = [
        each for each in worded if not (is_break(each[0]) and each[0] in b and each[0] not in shape)
    ]
    if any(is_break(token) and token not in b for token in words):
        # Both split here: once is enough.
        return kept
    return kept + [each for each in shaped if is_break(each[0]) and each[0] not in b]


def _apart(woven: list[Token], *versions: list[str]) -> list[Token]:
    """With a space between words that stand together in no version."""
    together = {pair for tokens in versions for pair in pairwise(tokens)}
    out: list[Token] = []
    for token in woven:
        last = out[-1][0] if out else " "
        if not (is_gap(last) or is_gap(token[0]) or (last, token[0]) in together):
            out.append((" ", ()))
        out.append(token)
    return out


def _with_merged_styles(
    base: Words, theirs: Words, mine: Words, to_theirs: list[int], to_mine: list[int]
) -> tuple[Words, Words]:
    """Both with the styles that either gave to the tokens they share."""
    their_styles, my_styles = list(theirs.styles), list(mine.styles)
    for i, (j, k) in enumerate(zip(to_theirs, to_mine, strict=True)):
        if j >= 0 and k >= 0 and theirs.styles[j] != mine.styles[k]:
            style = _merge_style(base.styles[i], theirs.styles[j], mine.styles[k])
            their_styles[j] = my_styles[k] = style
    return Words(theirs.tokens, their_styles), Words(mine.tokens, my_styles)


def _merge_style(base: Any, theirs: Any, mine: Any) -> Any:
    if mine == base:
        return theirs
    if theirs == base or not all(_is_marks(each) for each in (base, theirs, mine)):
        return mine
    b, t, m = dict(base), dict(theirs), dict(mine)
    kinds = sorted(b.keys() | t.keys() | m.keys(), key=_mark_order)
    merged = []
    for kind in kinds:
        value = t.get(kind) if m.get(kind) == b.get(kind) else m.get(kind)
        if value is not None:
            merged.append((kind, value))
    raised = {"superscript", "subscript"}
    if raised <= dict(merged).keys() and len(raised & m.keys()) == 1:
        merged = [each for each in merged if each[0] not in raised or each[0] in m]
    return tuple(merged)


def _is_marks(style: Any) -> bool:
    return type(style) is tuple and all(type(each) is tuple for each in style)


def _mark_order(kind: str) -> tuple[int, str]:
    return (_MARKS.index(kind) if kind in _MARKS else len(_MARKS)), kind
