"""The desk's index on PostgreSQL: a tsvector in the line of a post, with a GIN index."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from django.db import connection
from django.db.models import QuerySet

from ....library.words.query import Query
from ....library.words.tsvector import tsqueries, tsquery, tsvector
from ..entry import PostWords

Hit = tuple[int, dt.datetime, float]
"""A post's key, when it was saved, and how well it matches."""
TABLE = PostWords._meta.db_table
SCORE = "ts_rank('{0.05, 0.2, 0.4, 1.0}', e.words, q.asked, 1)"
# ts_match_vq is @@ in a form that cannot use an index: these posts, and no others, are looked at.
SAYING = f"""
    SELECT e.post_id, {SCORE}
    FROM (SELECT %s::tsquery AS asked) q, unnest(%s::bigint[]) WITH ORDINALITY AS k (id, place),
        LATERAL (SELECT * FROM {TABLE} w WHERE w.post_id = k.id) e
    WHERE ts_match_vq(e.words, q.asked) ORDER BY k.place LIMIT %s
"""  # noqa: S608
# The statement of the newest posts stands in the place of {newest}; it is read as far as needed.
NEWEST = f"""
    SELECT e.post_id, n.saved_at, {SCORE}
    FROM (SELECT %s::tsquery AS asked) q, ({{newest}}) n (id, saved_at),
        LATERAL (SELECT * FROM {TABLE} w WHERE w.post_id = n.id) e
    WHERE ts_match_vq(e.words, q.asked) ORDER BY n.saved_at DESC, n.id DESC LIMIT %s
"""  # noqa: S608
FOUND = "SELECT post_id FROM articles_post_words_found(%s::tsquery, %s)"
UNLESS_COMMON = """
    SELECT post_id FROM articles_post_words_unless_common(%s::tsquery, %s::tsquery[], %s::int[], %s)
"""
KNOWN = """
    WITH typed AS MATERIALIZED (SELECT stem FROM articles_post_words_known(%s) stem)
    SELECT stem FROM typed UNION ALL SELECT articles_post_words_known(array_agg(DISTINCT o.stem))
    FROM unnest(%s::text[], %s::text[]) o (stem, meant_by)
    WHERE o.meant_by NOT IN (SELECT stem FROM typed)
"""


def store(
    lines: Sequence[tuple[int, list[list[str]]]], form: int, *, without: Collection[int]
) -> None:
    """Store (post, stems by weight), anew where other words are stored already. `without` are the
    posts that have no line in this form."""
    rows = [(post, form, tsvector(stems)) for post, stems in lines]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLE} (post_id, form, words) VALUES"  # noqa: S608
            f" {', '.join(['(%s, %s, %s::tsvector)'] * len(rows))}"
            " ON CONFLICT (post_id) DO UPDATE SET form = EXCLUDED.form, words = EXCLUDED.words"
            # An index on words takes long to write: not for the same.
            f" WHERE ({TABLE}.form, {TABLE}.words) <> (EXCLUDED.form, EXCLUDED.words)",
            [value for row in rows for value in row],
        )


def found(query: Query, most: int, *, guess: bool = True) -> list[int] | None:
    """The keys of posts that say the words of a query, those of a phrase anywhere. None where the
    planner guesses that far more say each of the words: to read the index of common words takes
    long, however few posts say them together."""
    asked = tsquery(query, loosely=True)
    with connection.cursor() as cursor:
        if guess:
            words = [(word, at) for at, each in enumerate(query.groups) for word in tsqueries(each)]
            cursor.execute(UNLESS_COMMON, [asked, *map(list, zip(*words, strict=True)), most])
        else:
            cursor.execute(
                "SELECT post_id FROM articles_post_words_found(%s::tsquery, %s)", [asked, most]
            )
        keys = [key for (key,) in cursor]
    return None if keys == [None] else keys


def saying(query: Query, keys: Sequence[int], most: int) -> dict[int, float]:
    """Those of these posts that say exactly what a query asks, in their order: {key: score}."""
    with connection.cursor() as cursor:
        cursor.execute(SAYING, [tsquery(query), list(keys), most])
        return dict(cursor.fetchall())


def newest_saying(query: Query, newest: QuerySet, most: int) -> list[Hit]:
    """Those of the newest posts, (key, saved_at) as a query, that say exactly what is asked."""
    sql, values = newest.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(NEWEST.replace("{newest}", sql), [tsquery(query), *values, most])
        return cursor.fetchall()


def known(others: Mapping[str, Collection[str]]) -> set[str]:
    """Those of some stems that stand in any line; of one that does not, those of its others."""
    pairs = [(other, stem) for stem, each in others.items() for other in each]
    with connection.cursor() as cursor:
        cursor.execute(
            KNOWN,
            [list(others), [other for other, _stem in pairs], [stem for _other, stem in pairs]],
        )
        return {stem for (stem,) in cursor}


def optimize() -> None:
    """After bulk work: flush the pending list of the GIN index, and ANALYZE."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('post_words'::regclass)")
        cursor.execute(f"ANALYZE {TABLE}")
