"""Writing the blocks of a story by difference: what stays the same is not touched."""

import uuid
from collections import Counter
from itertools import groupby
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from ..blocks import BLOCK_MODELS, PICTURE_MODELS
from ..blocks.base import Block
from ..blocks.recording_block import RecordingBlock
from ..post import Post
from .rows import Row, column, relations

BETWEEN = 10
"""The distance between two blocks' places when all of a region are numbered anew."""

LEAD = "lead"
PLACE = ("region", "ordering", "ids")

Errors = dict[str, list[str]]
"""{id of a node: [sentence]}"""


def write_rows(post: Post, before: list[Row], after: list[Row]) -> Errors:
    """Store the rows of a post in place of those before, changing only what differs.

    Returns the errors of blocks that break a rule of their kind: these stay as they are stored.
    """
    match_rows(before, after)
    stored = {row.identity: row for row in before}
    # The pictures of galleries are numbered with the body, in which they stand.
    for _is_lead, rows in groupby(after, lambda row: row.region == LEAD):
        number_rows(list(rows), stored)
    changed = [row for row in after if row != stored.get(row.identity)]
    fill_keys(changed, before)
    errors: Errors = {}
    blocks = []
    for row in changed:
        block = make_block(post, row)
        if faults := faults_of(block, row, stored.get(row.identity)):
            errors[row.ids[0]] = faults
        else:
            blocks.append(block)
    kept = {row.identity for row in after}
    gone = [row for row in before if row.identity not in kept]
    for kind, model in BLOCK_MODELS.items():
        mine = [block for block in blocks if block.kind == kind]
        _store(model, mine, [row.pk for row in gone if row.kind == kind])
    return errors


def _store(model: type[Block], blocks: list[Block], gone: list[int | None]) -> None:
    """Delete, create and update the rows of one kind."""
    if gone:
        model.objects.filter(pk__in=gone).delete()
    if new := [block for block in blocks if block.pk is None]:
        model.objects.bulk_create(new)
    if old := [block for block in blocks if block.pk is not None]:
        columns = {path.partition("__")[0] for path in model.node.values()}
        model.objects.bulk_update(old, [*PLACE, *columns])


def match_rows(before: list[Row], after: list[Row]) -> None:
    """Give each row the key of the stored one with which it shares most of its nodes."""
    owner = {(row.kind, key): row.pk for row in before for key in row.ids}
    shared = Counter(
        (place, owner[row.kind, key])
        for place, row in enumerate(after)
        for key in row.ids
        if (row.kind, key) in owner
    )
    taken: set[tuple[str, int | None]] = set()
    for (place, pk), _count in shared.most_common():
        row = after[place]
        if row.pk is None and (row.kind, pk) not in taken:
            row.pk = pk
            taken.add(row.identity)


def number_rows(rows: list[Row], stored: dict[Any, Row]) -> None:
    """Number the rows of a region; stored ones keep their numbers if the new ones fit in."""
    known = [stored[row.identity].ordering if row.pk else None for row in rows]
    places = fit_between(known)
    for place, row in enumerate(rows):
        row.ordering = places[place] if places else BETWEEN * (place + 1)


def fit_between(known: list[int | None]) -> list[int] | None:
    """Increasing numbers with those that are known in place; None where there are none."""
    found: list[int] = []
    place = 0
    while place < len(known):
        low, number = found[-1] if found else 0, known[place]
        if number is None:
            ahead = next((at for at in range(place, len(known)) if known[at] is not None), None)
            count = (ahead or len(known)) - place
            high = known[ahead] if ahead is not None else low + BETWEEN * (count + 1)
            new = [low + (high - low) * step // (count + 1) for step in range(1, count + 1)]  # type: ignore[operator]
        else:
            new = [number]
        if any(b <= a for a, b in zip([low, *new], new, strict=False)) and (
            found or number is None
        ):
            return None
        found += new
        place += len(new)
    return found


def fill_keys(rows: list[Row], before: list[Row]) -> None:
    """Set the keys of the rows that some rows name, None for what is not there."""
    for kind, model in BLOCK_MODELS.items():
        mine = [row for row in rows if row.kind == kind]
        for link, (name, lookup) in relations(model).items():
            known = {row.attrs[name]: row.keys[link] for row in before if row.kind == kind}
            if asked := {row.attrs[name] for row in mine} - known.keys() - {""}:
                target = cast(type[Model], column(model, link).related_model)
                found = target._default_manager.filter(
                    **{f"{lookup}__in": [name for name in asked if is_possible(lookup, name)]}
                )
                known |= {str(named): pk for named, pk in found.values_list(lookup, "pk")}
            for row in mine:
                row.keys[link] = known.get(row.attrs[name])


def is_possible(lookup: str, name: str) -> bool:
    """Whether a row can have this name in a column."""
    if lookup != "uuid":
        return "\x00" not in name
    try:
        return str(uuid.UUID(name)) == name
    except ValueError:
        return False


def make_block(post: Post, row: Row) -> Block:
    """The block of a row, not stored."""
    model = BLOCK_MODELS[row.kind]
    columns: dict[str, Any] = {
        path: row.attrs[name] for name, path in model.node.items() if "__" not in path
    }
    columns |= {f"{link}_id": row.keys[link] for link in relations(model)}
    place = {"id": row.pk, "region": row.region, "ordering": row.ordering, "ids": row.ids}
    return model(parent=post, **place, **columns)


def faults_of(block: Block, row: Row, stored: Row | None) -> list[str]:
    """What a block breaks of the rules of its kind, in sentences."""
    links = relations(type(block))
    if any(row.attrs[name] and row.keys[link] is None for link, (name, _key) in links.items()):
        return [_gone(block)]
    # An unchanged text may exceed a limit that is newer than it.
    same = {
        path
        for name, path in block.node.items()
        if stored and stored.attrs[name] == row.attrs[name]
    }
    try:
        block.clean_fields({"parent", *PLACE, *links, *same})
        block.clean()
    except ValidationError as error:
        return error.messages
    if row.region not in block.regions:
        return [_("A block of this kind cannot stand here.")]
    return []


def _gone(block: Block) -> str:
    if isinstance(block, PICTURE_MODELS):
        return _("This picture is no longer in the library. Choose another one.")
    if isinstance(block, RecordingBlock):
        return _("This film or sound is no longer in the library. Choose another one.")
    return _("This story is no longer there. Choose another one.")
