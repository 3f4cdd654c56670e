"""What the search index holds: a narrow line for each edition, and the vocabulary."""

import datetime as dt

from django.db import models

from ...library.section import Section
from ..dates import FOREVER
from ..editions.edition import Edition
from ..editions.live_intervals import IntervalQuerySet

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
ROOM = 2**28
"""Editions that can share a second: more than there will be editions."""
LOWEST, HIGHEST = -(2**63), 2**63 - 1
FORM = 3
"""The format of an entry. Raise it when what is indexed changes: `reindex --missing` then rewrites
entries in an older format."""


def place_of(published_at: dt.datetime, edition_id: int = 0) -> int:
    """The position of an edition in date order, as one integer: later is higher."""
    return (published_at - EPOCH) // dt.timedelta(seconds=1) * ROOM + edition_id


def time_of(place: int) -> dt.datetime:
    """The second in which a place lies."""
    return EPOCH + dt.timedelta(seconds=place // ROOM)


def edge_of_second(place: int, *, later: bool) -> int:
    """The first place of the second in which a place lies, or the last."""
    first = place // ROOM * ROOM
    return first + ROOM - 1 if later else first


class SearchEntry(models.Model):
    """The index entry of an edition. Its words are in a column of this table on PostgreSQL, and in
    an FTS5 table on SQLite."""

    place = models.BigIntegerField(primary_key=True)
    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="search_entry")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+", db_index=False)
    live_from = models.DateTimeField()
    live_until = models.DateTimeField(default=FOREVER)
    # FORM when it was written; empty for the first form.
    form = models.PositiveSmallIntegerField(null=True)

    objects = IntervalQuerySet.as_manager()

    class Meta:
        indexes = [
            # Search for a common word within a section.
            models.Index(fields=["section", "-place"], name="search_by_section"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} at {self.place}"


class SearchWord(models.Model):
    """A word of the editions, for suggestions and for guessing what was meant; `count` is how
    many of them say it above the body."""

    word = models.CharField(max_length=40, primary_key=True)
    shown = models.CharField(max_length=80)
    sound = models.CharField(max_length=40)
    count = models.PositiveIntegerField()

    class Meta:
        indexes = [
            # Words that sound alike, the commonest first.
            models.Index(fields=["sound", "-count"], name="search_word_by_sound"),
        ]

    def __str__(self) -> str:
        return self.shown
