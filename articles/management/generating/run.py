"""Filling a database with generated stories, batch by batch."""

import datetime as dt
import random

from django.db import connection, transaction
from django.utils import timezone

from ...models import Post
from ...publishing.invalidation.site_stamp import invalidate
from ...publishing.search import index
from .ahead import Ahead
from .batch import Maker
from .newsroom import newsroom
from .story import Writer
from .tables import next_keys
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
    writer, vocabulary = Writer(words, room, made_at=now), index.Vocabulary()
    maker = Maker(writer, begins=now - SPAN, span=SPAN, count=count)
    batches = [range(at, min(at + AT_ONCE, count)) for at in range(0, count, AT_ONCE)]
    with Ahead(maker, apart=len(batches) > 1) as ahead:
        roomy_cache()
        ahead.ask(batches[0], next_keys())
        for numbers, following in zip(batches, [*batches[1:], None], strict=True):
            batch = ahead.answer()
            if following:
                ahead.ask(following, batch.tables.next)
            with transaction.atomic():
                write(current(batch, numbers, following, ahead), vocabulary)
            if progress:
                progress(numbers.stop, count)
    with transaction.atomic():
        vocabulary.add_counts()
        invalidate()


def current(batch, numbers, following, ahead):
    """The batch, made again when somebody added rows since its keys were chosen."""
    keys = next_keys()
    if batch.tables.began == keys:
        return batch
    if following:
        ahead.answer()
    ahead.ask(numbers, keys)
    batch = ahead.answer()
    if following:
        ahead.ask(following, batch.tables.next)
    return batch


def write(batch, vocabulary):
    """Store a batch."""
    batch.tables.write()
    index.store(batch.lines)
    vocabulary.see_all(batch.vocabulary)


def roomy_cache():
    """SQLite keeps more of its indexes in memory while they grow in many places."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -262144")
