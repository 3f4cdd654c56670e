"""Putting back: one part of an earlier document, in a later one that stays as it is otherwise."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from .alignment import Pair, align
from .document import in_one_form
from .pieces import Piece, pieces_of, regions_of

FIELDS = ("kicker", "headline", "standfirst", "byline")
"""Fields of a document that can be put back by themselves."""


class NothingToPutBack(Exception):
    """The earlier document has no such part, or the later one says the same."""

    def __init__(self) -> None:
        super().__init__(_("The story on the desk says this already."))


def with_part(document: dict[str, Any], earlier: dict[str, Any], place: str | int) -> dict:
    """A document in which one part is as it was in an earlier one of the same story: a field by its
    name, or a piece by its place. Raises NothingToPutBack.

    A piece replaces what it has become. If that is gone, the piece returns after what stood before
    it.
    """
    if place in FIELDS:
        if document[place] == earlier[place]:
            raise NothingToPutBack
        return document | {str(place): earlier[place]}
    now, then = (pieces_of(in_one_form(each)) for each in (document, earlier))
    pairs = align(then, now)
    number = next((n for n, pair in enumerate(pairs) if _is_piece(pair, place)), None)
    if number is None or pairs[number].status == "same":
        raise NothingToPutBack
    pair = pairs[number]
    if pair.old and pair.new:
        pieces = [_instead(piece, pair.old) if piece is pair.new else piece for piece in now]
    else:
        pieces = _returned(pairs, number)
    return document | {"regions": {key: [] for key in document["regions"]} | regions_of(pieces)}


def _is_piece(pair: Pair, place: str | int) -> bool:
    return pair.old is not None and not pair.left and pair.old.place == place


def _instead(piece: Piece, old: Piece) -> Piece:
    """An old piece in the place of what it has become; what is of the block alone stays."""
    if piece.html:
        return replace(piece, html=old.html)
    own = {"id": piece.block["id"]} if "id" in piece.block else {}
    return replace(piece, block=old.block | own)


def _returned(pairs: list[Pair], number: int) -> list[Piece]:
    """The newer pieces with the removed one of this line among them again."""
    piece = pairs[number].old
    assert piece is not None  # noqa: S101 (a line without a newer piece has an older one)
    before = [pair.new for pair in pairs[:number] if pair.new and not pair.left]
    after = [pair.new for pair in pairs[number:] if pair.new and not pair.left]
    # Texts that it stands beside take it in.
    beside = [each for each in (*before[-1:], *after[:1]) if each.region == piece.region]
    texts = [each for each in beside if each.html]
    block = {name: value for name, value in piece.block.items() if name != "id"}
    returned = replace(piece, block=block, block_place=-1)
    if piece.html and texts:
        returned = replace(returned, block=texts[0].block, block_place=texts[0].block_place)
    return [*before, returned, *after]
