"""A batch of generated stories, made without asking the database."""

import datetime as dt
from dataclasses import dataclass

from ...models import Post
from ...publishing.search import index
from .story import Writer
from .tables import Tables


@dataclass
class Batch:
    """Rows, lines of the search index as it stores them, and the words in them."""

    tables: Tables
    lines: list
    vocabulary: index.Vocabulary


@dataclass
class Maker:
    """Makes batches of `count` stories that are spread over a span of time."""

    writer: Writer
    begins: dt.datetime
    span: dt.timedelta
    count: int

    def __call__(self, numbers, keys):
        """The batch of the stories with these numbers, whose rows begin with these keys."""
        self.writer.forget(from_key=keys[Post])
        tables, vocabulary, lines = Tables(keys), index.Vocabulary(), []
        step = self.span.total_seconds() / (self.count + 1)
        for number in numbers:
            seconds = int(step * (number + self.writer.rng.random()))
            moment = self.begins + dt.timedelta(seconds=seconds)
            draft = self.writer.draft(tables.next[Post], moment)
            lines.append(index.line_of(self.writer.add(draft, tables), vocabulary))
        tables.pack()
        return Batch(tables, index.packed(lines), vocabulary)
