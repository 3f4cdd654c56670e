"""Merging several pairs of names in one go."""

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib.auth.models import User

from ...desk.write_conflicts import LostTwice, tried_twice
from .merge import merge
from .name_change import NameChange
from .refusals import NameRefused


def merge_pairs(
    pairs: Iterable[tuple[Any, Any]], *, by: User | None, now: dt.datetime | None = None
) -> tuple[list[NameChange], list[str]]:
    """Merge each (gone, kept) by itself, in this order; returns what was done, and in words why
    each other was refused. In place of a row that an earlier pair merged stands what it became.
    Raises PermissionDenied."""
    became: dict[Any, Any] = {}
    done: list[NameChange] = []
    refused: list[str] = []
    for pair in pairs:
        gone, kept = (_follow(row, became) for row in pair)
        if gone == kept:
            continue
        try:
            done += tried_twice(partial(merge, [gone], kept, by=by, now=now))
        except (NameRefused, LostTwice) as refusal:
            refused.append(str(refusal))
        else:
            became[gone] = kept
    return done, refused


def _follow(row: Any, became: dict[Any, Any]) -> Any:
    while row in became:
        row = became[row]
    return row
