"""The addresses of imported stories: as the old site had them, numbered where a day has two."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from urllib.parse import unquote

from django.core.exceptions import ValidationError

from ..library.naming.slugs import LONGEST, make_slug, tidy, validate_slug
from ..publishing.editions.address import Address
from .imported_story import source_id_of
from .incoming import Incoming
from .scratch import Scratch

DAYS_AT_ONCE = 100
STORIES_AT_ONCE = 2_000


def wanted_slug(story: Incoming) -> str:
    """The slug that a story had, else one of its headline, else its id."""
    slug = tidy(unquote(story.slug).strip().strip("-_"))
    try:
        validate_slug(slug)
    except (ValidationError, IndexError):
        slug = make_slug(slug)
    return slug or make_slug(story.title) or make_slug(story.id) or "story"


def allot_slugs(scratch: Scratch, source: str) -> None:
    """Give each story that is to be live a slug that is free on its day, in the order of ids.

    The same export gives the same slugs every time, whatever has been imported of it already.
    """
    days = scratch.stream(
        "SELECT day, count(*) FROM stories WHERE day NOT NULL GROUP BY day ORDER BY day"
    )
    for some in _chunks(days):
        taken, ours = _addresses(some, source, scratch)
        rows = scratch.found(
            "SELECT day, id, wanted FROM stories WHERE day IN ({})"
            " ORDER BY day, number IS NULL, number, id",
            some,
        )
        for day, stories in groupby(rows, itemgetter(0)):
            allotted = _allot(list(stories), taken[day], ours)
            scratch.run_many("UPDATE stories SET slug = ? WHERE id = ?", allotted)


def _allot(
    stories: list[tuple[str, str, str]], taken: set[str], ours: dict[tuple[str, str], str]
) -> Iterator[tuple[str, str]]:
    """(slug, id) of the stories of one day. What was imported before keeps its slug."""
    for day, key, wanted in stories:
        if kept := ours.get((day, key)):
            yield kept, key
            continue
        slug, number = wanted, 1
        while slug in taken:
            number += 1
            slug = f"{wanted[: LONGEST - 8]}-{number}"
        taken.add(slug)
        yield slug, key


def _addresses(
    days: list[str], source: str, scratch: Scratch
) -> tuple[dict[str, set[str]], dict[tuple[str, str], str]]:
    """The slugs that are taken on these days, and those that stories of the export have."""
    found = Address.objects.filter(posted_on__in=[dt.date.fromisoformat(day) for day in days])
    rows = list(found.values_list("posted_on", "slug", "post__source", "post__source_id"))
    ids = {
        source_id_of(key): key
        for (key,) in scratch.found("SELECT id FROM stories WHERE day IN ({})", days)
    }
    taken: dict[str, set[str]] = defaultdict(set)
    ours = {}
    for day, slug, of, source_id in rows:
        taken[day.isoformat()].add(slug)
        if of == source and source_id in ids:
            ours[day.isoformat(), ids[source_id]] = slug
    return taken, ours


def _chunks(days: Iterable[tuple[str, int]]) -> Iterator[list[str]]:
    """Days, with how many stories each has, in chunks that memory has room for."""
    some: list[str] = []
    stories = 0
    for day, count in list(days):
        if some and (len(some) == DAYS_AT_ONCE or stories + count > STORIES_AT_ONCE):
            yield some
            some, stories = [], 0
        some.append(day)
        stories += count
    if some:
        yield some
