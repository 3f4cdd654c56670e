"""Filling a database with generated stories, batch by batch.

A process of its own makes the next batch while this one stores the batch before.
"""

import datetime as dt
import gc
import multiprocessing
import random
from concurrent.futures import ProcessPoolExecutor

from django.db import connection, transaction
from django.utils import timezone

from ...models import Edition, Post
from ...publishing.bulk.bulk_publish import Batch, freeze_batch
from ...publishing.bulk.bulk_rows import reserve_keys
from ...publishing.invalidation.site_stamp import invalidate
from ...publishing.search import index
from .newsroom import make_newsroom
from .story import Writer
from .vocabulary import Words

BATCH_SIZE = 2_000
SPAN = dt.timedelta(days=3652)


def generate(count, *, seed=0, progress=None):
    """Add this many published stories, posted over the ten years before now, oldest first.

    `progress` is called with the number done and the total.
    """
    now = timezone.now().replace(microsecond=0)
    words = Words(random.Random(f"{seed} after {Post.objects.count()}"))  # noqa: S311  for show
    with transaction.atomic():
        newsroom = make_newsroom(words)
    factory, vocabulary, done = BatchFactory(words, newsroom, count, now), index.Vocabulary(), 0
    sizes = [min(BATCH_SIZE, count - start) for start in range(0, count, BATCH_SIZE)]
    for batch in made_ahead(factory, sizes):
        with transaction.atomic():
            batch.store()
        vocabulary.see_all(batch.vocabulary)
        done += len(batch.rows[Post])
        if progress:
            progress(done, count)
    with transaction.atomic():
        vocabulary.add_counts()
        invalidate()


class BatchFactory:
    """Makes batches of stories, spread evenly over SPAN."""

    def __init__(self, words, newsroom, count, now):
        self.writer, self.now, self.made = Writer(words, newsroom), now, 0
        self.seconds_apart = SPAN.total_seconds() / (count + 1)

    def __call__(self, post_keys, edition_keys):
        """A batch, made without a query."""
        self.writer.clear()
        for key in post_keys:
            seconds = int(self.seconds_apart * (self.made + self.writer.rng.random()))
            self.writer.write(key, self.now - SPAN + dt.timedelta(seconds=seconds))
            self.made += 1
        posts, parts = self.writer.posts, self.writer.parts
        frozen = freeze_batch(posts, parts, edition_keys=edition_keys, now=self.now)
        batch = Batch(entries=frozen.entries, vocabulary=frozen.vocabulary)
        for model, objects in self.writer.desk_rows().items():
            batch.add(model, objects)
        batch.rows |= frozen.rows
        return batch


def made_ahead(factory, sizes):
    """Batches of these sizes, each made in another process while the one before is stored."""
    if len(sizes) == 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield from (factory(*keys_of(size)) for size in sizes)
        return
    if not connection.in_atomic_block:
        connection.close()  # it must not be shared with the other process
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(1, context, initializer=set_factory, initargs=(factory,)) as pool:
        making = pool.submit(call_factory, *keys_of(sizes[0]))
        for size in sizes[1:]:
            batch = making.result()
            making = pool.submit(call_factory, *keys_of(size))
            yield batch
        yield making.result()


def keys_of(count):
    """Primary keys for this many posts, and for their editions."""
    with transaction.atomic():
        return reserve_keys(Post, count), reserve_keys(Edition, count)


_factory = None


def set_factory(factory):
    global _factory
    _factory = factory
    gc.disable()  # it would look through each batch again and again


def call_factory(*keys):
    return _factory(*keys)
