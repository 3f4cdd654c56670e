"""Filling a database with generated stories, batch by batch."""

import datetime as dt
import random

from django.db import connection, transaction
from django.utils import timezone

from ...models import Post
from ...publishing.search import index
from ...publishing.site_version import count_change
from .newsroom import newsroom
from .story import Writer
from .tables import Tables
from .vocabulary import Words

AT_ONCE = 2_000
SPAN = dt.timedelta(days=3652)


def generate(count, *, seed=0, now=None, progress=None):
    """Add that many published stories, posted over the ten years before now, oldest first.

    A run adds to what is there. `progress` is called with the number done and the whole.
    """
    now = (now or timezone.now()).replace(microsecond=0)
    words = Words(random.Random(f"{seed} after {Post.objects.count()}"))  # noqa: S311  for show
    with transaction.atomic():
        room = newsroom(words)
    writer, vocabulary = Writer(words, room, now=now, made_at=now), index.Vocabulary()
    roomy_cache()
    for first in range(0, count, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, count))
        with transaction.atomic():
            write_batch(writer, numbers, count, vocabulary)
        if progress:
            progress(numbers.stop, count)
    with transaction.atomic():
        vocabulary.add_counts()
        count_change()


def write_batch(writer, numbers, count, vocabulary):
    """Write the stories of these numbers out of `count`."""
    tables = Tables()
    start, step = writer.now - SPAN, SPAN.total_seconds() / (count + 1)
    editions = []
    for number in numbers:
        seconds = int(step * (number + writer.rng.random()))
        draft = writer.draft(tables.next[Post], start + dt.timedelta(seconds=seconds))
        editions.append(writer.add(draft, tables))
    tables.write()
    index.add(editions, vocabulary=vocabulary)


def roomy_cache():
    """SQLite keeps more of its indexes in memory while they grow in many places."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -262144")
