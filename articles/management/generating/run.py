"""Filling a database with generated stories, batch by batch.

As many processes as there are processors make batches; this one stores them.
"""

import datetime as dt
import gc
import multiprocessing
import os
import random
import threading
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from itertools import islice

from django.db import connection, transaction
from django.utils import timezone

from ...desk.search.index import index_posts
from ...models import Edition, Post
from ...publishing.bulk.bulk_publish import Batch, freeze_batch
from ...publishing.bulk_rows import analyze_tables, reserve_keys
from ...publishing.invalidation.invalidate import invalidate
from ...publishing.search import index
from .newsroom import make_newsroom
from .story import WORDS_EACH, Writer
from .vocabulary import Words

BATCH_SIZE = 500
SPAN = dt.timedelta(days=3652)


def generate(count, *, seed=0, words_each=WORDS_EACH, progress=None):
    """Add this many published stories, posted over the ten years before now, oldest first.

    `progress` is called with the number done and the total.
    """
    now = timezone.now().replace(microsecond=0)
    seed = f"{seed} after {Post.objects.count()}"
    words = Words(random.Random(seed))  # noqa: S311  for show
    with transaction.atomic():
        newsroom = make_newsroom(words)
    factory = BatchFactory(Writer(words, newsroom, words_each), seed, count, now)
    vocabulary, done = index.Vocabulary(), 0
    for batch in made_ahead(factory, count):
        with transaction.atomic():
            batch.store()
            index_posts([row[0] for row in batch.rows[Post]])
            invalidate()
        vocabulary.see_all(batch.vocabulary)
        done += len(batch.rows[Post])
        if progress:
            progress(done, count)
    with transaction.atomic():
        vocabulary.add_counts()
        analyze_tables()
        invalidate()


class BatchFactory:
    """Makes batches of stories, spread evenly over SPAN."""

    def __init__(self, writer, seed, count, now):
        self.writer, self.seed, self.now = writer, seed, now
        self.seconds_apart = SPAN.total_seconds() / (count + 1)

    def __call__(self, start, post_keys, edition_keys):
        """The batch that begins with story number `start`, the same in any process. No queries."""
        rng = random.Random(f"{self.seed}, from {start}")  # noqa: S311  for show
        self.writer.begin(rng)
        for number, key in enumerate(post_keys, start):
            seconds = int(self.seconds_apart * (number + rng.random()))
            self.writer.write(key, self.now - SPAN + dt.timedelta(seconds=seconds))
        posts, parts = self.writer.posts, self.writer.parts
        frozen = freeze_batch(posts, parts, edition_keys=edition_keys, now=self.now)
        batch = Batch(entries=frozen.entries, vocabulary=frozen.vocabulary)
        for model, objects in self.writer.desk_rows().items():
            batch.add(model, objects)
        batch.rows |= frozen.rows
        return batch


def made_ahead(factory, count):
    """Batches of this many stories, made in other processes while earlier ones are stored."""
    starts = range(0, count, BATCH_SIZE)
    tasks = ((start, *keys_of(min(BATCH_SIZE, count - start))) for start in starts)
    if len(starts) == 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield from (factory(*task) for task in tasks)
        return
    if not connection.in_atomic_block:
        connection.close()  # it must not be shared with the other processes
    makers, context = os.cpu_count(), multiprocessing.get_context("fork")
    with ProcessPoolExecutor(makers, context, initializer=set_factory, initargs=(factory,)) as pool:
        pool.submit(len, ()).result()  # forks, before there is a connection again
        making = deque(pool.submit(call_factory, *task) for task in islice(tasks, makers + 1))
        while making:
            batch = making.popleft().result()
            making.extend(pool.submit(call_factory, *task) for task in islice(tasks, 1))
            yield batch


def keys_of(count):
    """Primary keys for this many posts, and for their editions."""
    with transaction.atomic():
        return reserve_keys(Post, count), reserve_keys(Edition, count)


_factory = None


def set_factory(factory):
    global _factory
    _factory = factory
    gc.disable()  # it would look through each batch again and again
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent():
    """Else a process whose parent is killed waits for its next task for ever."""
    multiprocessing.parent_process().join()
    os._exit(1)


def call_factory(*task):
    return _factory(*task)
