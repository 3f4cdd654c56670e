"""Names: the topics and authors that are meant by what was typed, where they have live stories."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from ...library.author import Author
from ...library.naming.slugs import make_slug
from ...library.topic import Topic
from .backends.sql import named, rows_of
from .suggester import OFFERED, SHORTEST_BEGINNING, near_words
from .text.patterns import beginning_of
from .text.query import plain_marks, tidy
from .text.tokenizer import fold, site_language

MOST_WORDS = 8
LONGEST_NAME = 4
"""Words of a name that is looked for inside a longer question."""
MOST_AUTHORS = 4

LIVE = "l.live_from <= %(at)s AND l.live_until > %(at)s"
# Written out, because every search asks it, and the ORM takes longer to write it than it takes.
TOPICS = f"""
    SELECT 'topic' AS what, t.id, t.name, t.slug, 0 AS count FROM articles_topic t
    WHERE ({{called}} OR t.id IN (SELECT topic_id FROM articles_topicalias t WHERE {{called}}))
    AND EXISTS (SELECT 1 FROM articles_topiclisting l WHERE l.topic_id = t.id AND {LIVE})
    ORDER BY t.slug LIMIT {OFFERED * 2}
"""  # noqa: S608
AUTHORS = f"""
    SELECT 'author', a.id, a.name, a.slug, 0 FROM articles_author a
    WHERE ({{called}}) AND EXISTS (
        SELECT 1 FROM articles_authorlisting l WHERE l.author_id = a.id AND {LIVE}
    ) ORDER BY a.slug LIMIT {MOST_AUTHORS * 2}
"""  # noqa: S608


@dataclass
class Names:
    """Topics and authors, the likeliest first; and, if asked for, rows of `near_words`."""

    topics: list = field(default_factory=list)
    authors: list = field(default_factory=list)
    words: list = field(default_factory=list)


def names_like(words: str, *, at: datetime, near: bool = False) -> Names:
    """The Names that begin as these words do, or stand among them; in one query."""
    said = _said(words)
    addresses, names = _addresses(said), Names()
    for what, key, name, slug, count in _rows(said, addresses, words if near else "", at=at):
        if what == "word":
            names.words.append((name, slug, count))
        elif what == "topic":
            names.topics.append(Topic(pk=key, name=name, slug=slug))
        else:
            names.authors.append(Author(pk=key, name=name, slug=slug))
    for things, most in ((names.topics, OFFERED), (names.authors, MOST_AUTHORS)):
        things.sort(key=lambda thing: _likeness(thing.slug, addresses[0]))
        del things[most:]
    return names


def _said(words):
    """The words of what was typed that are not left out, joined ones as they stand."""
    pieces = plain_marks(tidy(words)).replace('"', " ").split()
    return [piece for piece in pieces if piece != "OR" and piece[0] != "-" and make_slug(piece)][
        :MOST_WORDS
    ]


def _addresses(said):
    """The slugs that names made of these words have, the whole of them first, and those of each
    few words in a row."""
    stops = site_language().stops
    runs = [said] + [
        said[start : start + length]
        for length in range(min(LONGEST_NAME, len(said) - 1), 0, -1)
        for start in range(len(said) - length + 1)
        if not all(fold(each) in stops for each in said[start : start + length])
    ]
    return [slug for slug in dict.fromkeys(make_slug(" ".join(run)) for run in runs) if slug]


def _rows(said, addresses, words, *, at):
    """Rows of (what, key, name, slug, count)."""
    parts, values = [], {"at": connection.ops.adapt_datetimefield_value(at)}
    if addresses and len(addresses[0]) >= SHORTEST_BEGINNING:
        parts, asked = _named(said, addresses)
        values |= asked
    if (rows := near_words(words)) is not None:
        statement, asked = named(rows)
        parts.append(f"SELECT 'word', 0, w.* FROM ({statement}) w")  # noqa: S608
        values |= asked
    sql = " UNION ALL ".join(f"SELECT * FROM ({part}) part_{n}" for n, part in enumerate(parts))  # noqa: S608
    return rows_of(sql, values) if parts else []


def _named(said, addresses):
    """The statements for the topics and authors, and their values."""
    values = {f"address_{number}": address for number, address in enumerate(addresses)}
    among = ", ".join(f"%({name})s" for name in values)
    topics = TOPICS.format(called=f"({_begins('t.slug')} OR t.slug IN ({among}))")
    authors, patterns = f"a.slug IN ({among})", {}
    if len(said) <= LONGEST_NAME and any(len(word) > 2 for word in said):
        patterns = {f"pattern_{number}": beginning_of(word) for number, word in enumerate(said)}
        says = connection.operators["regex"]
        all_of_them = " AND ".join(f"a.name {says % f'%({name})s'}" for name in patterns)
        authors += f" OR ({all_of_them})"
    values |= patterns | _edges(addresses[0])
    return [topics, AUTHORS.format(called=authors)], values


def _begins(column):
    """A condition that the database's index serves."""
    if connection.vendor == "postgresql":
        return f"{column} LIKE %(first)s"
    return f"({column} >= %(first)s AND {column} < %(last)s)"


def _edges(beginning):
    """The values of that condition."""
    if connection.vendor == "postgresql":
        return {"first": connection.ops.prep_for_like_query(beginning) + "%"}
    return {"first": beginning, "last": beginning + "\U0010ffff"}


def _likeness(slug, whole):
    """How like a name is to what was typed: all of it first, then what begins so, then parts."""
    return slug != whole, not slug.startswith(whole), -len(slug) if slug in whole else 0, slug
