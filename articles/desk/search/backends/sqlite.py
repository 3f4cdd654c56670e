"""The desk's index on SQLite: an FTS5 table whose rows are numbered like the posts."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from itertools import chain, islice

from django.db import connection
from django.db.models import QuerySet

from ....library.words.fts import match
from ....library.words.query import Query
from ..entry import PostWords

Hit = tuple[int, dt.datetime, float]
"""A post's key, when it was saved, and how well it matches."""
TABLE = PostWords._meta.db_table
TEXT = "articles_posttext"
WORDS = "articles_posttext_words"
# The plus keeps FTS5 from running the query once for every key.
SAYING = f"""
    SELECT rowid, -bm25({TEXT}, 12, 5, 2, 1) FROM {TEXT}
    WHERE {TEXT} MATCH %s AND +rowid IN (SELECT value FROM json_each(%s))
"""  # noqa: S608

NEWEST = f"""
    WITH newest (id, saved_at) AS MATERIALIZED ({{newest}}), said AS MATERIALIZED (
        SELECT rowid AS id, -bm25({TEXT}, 12, 5, 2, 1) AS score FROM {TEXT}
        WHERE {TEXT} MATCH %s AND +rowid IN (SELECT id FROM newest)
    )
    SELECT n.id, CAST(n.saved_at AS text), s.score FROM newest n JOIN said s ON s.id = n.id
    ORDER BY n.saved_at DESC, n.id DESC LIMIT %s
"""  # noqa: S608


def store(
    lines: Sequence[tuple[int, list[list[str]]]], form: int, *, without: Collection[int]
) -> None:
    """Store (post, stems by weight), anew where they are stored already. `without` are the posts
    that have no line in this form."""
    rows: list[tuple[int | str, ...]] = [(post, *map(" ".join, stems)) for post, stems in lines]
    with connection.cursor() as cursor:
        if without:
            cursor.execute(
                f"INSERT INTO {TABLE} (post_id, form) VALUES"  # noqa: S608
                f" {', '.join(['(%s, %s)'] * len(without))}"
                " ON CONFLICT (post_id) DO UPDATE SET form = excluded.form",
                [value for post in without for value in (post, form)],
            )
        cursor.execute(
            f"INSERT OR REPLACE INTO {TEXT} (rowid, headline, standfirst, names, body) VALUES"  # noqa: S608
            f" {', '.join(['(%s, %s, %s, %s, %s)'] * len(lines))}",
            [value for row in rows for value in row],
        )


def found(query: Query, most: int, *, guess: bool = True) -> list[int] | None:
    """The keys of posts that say what a query asks."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid FROM {TEXT} WHERE {TEXT} MATCH %s ORDER BY rowid DESC LIMIT %s",  # noqa: S608
            [match(query), most],
        )
        return [key for (key,) in cursor.fetchall()]


def saying(query: Query, keys: Sequence[int], most: int) -> dict[int, float]:
    """Those of these posts that say exactly what a query asks, in their order: {key: score}."""
    with connection.cursor() as cursor:
        cursor.execute(SAYING, [match(query), str(list(keys))])
        scores = dict(cursor.fetchall())
    return {key: scores[key] for key in islice((key for key in keys if key in scores), most)}


def newest_saying(query: Query, newest: QuerySet, most: int) -> list[Hit]:
    """Those of the newest posts, (key, saved_at) as a query, that say exactly what is asked."""
    sql, values = newest.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(NEWEST.format(newest=sql), [*values, match(query), most])
        rows = cursor.fetchall()
    return [
        (key, dt.datetime.fromisoformat(saved).replace(tzinfo=dt.UTC), score)
        for key, saved, score in rows
    ]


def known(others: Mapping[str, Collection[str]]) -> set[str]:
    """Those of some stems that stand in any line, and those of their others."""
    stems = {*others, *chain.from_iterable(others.values())}
    held = ", ".join(["%s"] * len(stems))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT term FROM {WORDS} WHERE term IN ({held})", list(stems))  # noqa: S608
        return {stem for (stem,) in cursor.fetchall()}


def optimize() -> None:
    """After bulk work: ANALYZE the table."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {TABLE}")
