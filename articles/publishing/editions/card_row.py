"""Rows of lists: what a card shows of an edition, as a named tuple.

A list is read for every page that is made. Model instances of its rows would take longer than the
rest of the page together.
"""

import datetime as dt
import json
from collections import namedtuple
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Cast
from django.db.models.query import ValuesListIterable

from ...library.section import Section
from ...library.urls import path_of

COLUMNS = (
    *("uuid", "family", "number", "made_at", "post_id", "published_at", "posted_on", "slug"),
    *("headline", "kicker", "standfirst", "language", "retracted", "section__slug"),
    "section__name",
)


class CardRow:
    """A row: its COLUMNS and what else was read with it, by name; and what follows from them."""

    __slots__ = ()

    posted_on: dt.date
    slug: str
    picture_json: str | None
    has_withheld: bool

    def get_absolute_url(self) -> str:
        return story_address(self.posted_on, self.slug)

    @property
    def picture(self) -> dict | None:
        # Read as text: few rows of a list are asked for their pictures, for most cards are kept.
        return json.loads(self.picture_json) if self.picture_json else None

    @property
    def section(self) -> Section:
        return _section(self.section__slug, self.section__name)  # type: ignore[attr-defined]


def card_rows(rows: Any, edition: str = "", beside: tuple[str, ...] = ()) -> Any:
    """A queryset's rows as CardRows; `edition` leads from them to their editions, and `beside` are
    further columns."""
    columns = (*(edition + name for name in COLUMNS), *beside, "picture_json", "has_withheld")
    picture = Cast(f"{edition}picture", models.TextField())
    uses = apps.get_model("articles.PictureUse").objects.filter(photo__not_for_others=True)
    withheld = Exists(uses.filter(edition=OuterRef(edition.removesuffix("__") or "pk")))
    found = rows.annotate(picture_json=picture, has_withheld=withheld).values_list(*columns)
    found._iterable_class = _CardRows
    return found


class _CardRows(ValuesListIterable):
    def __iter__(self) -> Iterator[CardRow]:
        make = tuple.__new__
        kind: Any = _row_class(*(self.queryset.query.selected or ()))
        for row in super().__iter__():
            yield make(kind, row)


@cache
def _row_class(*names: str) -> type:
    fields = namedtuple("CardRow", [name.removeprefix("edition__") for name in names])  # type: ignore[misc]
    return type("CardRow", (CardRow, fields), {"__slots__": ()})


@lru_cache(maxsize=1_000)
def _section(slug: str, name: str) -> Section:
    return Section(slug=slug, name=name)


def identity(edition: Any) -> tuple[Any, ...]:
    """What tells an edition, or its row, from every other: after the site was restored from a
    backup, numbers are given again."""
    return edition.uuid, edition.number, edition.made_at


def story_address(posted_on: dt.date, slug: str) -> str:
    """The path of a story: /2016/12/13/its-slug/."""
    return path_of("story", posted_on.year, posted_on.month, posted_on.day, slug)
