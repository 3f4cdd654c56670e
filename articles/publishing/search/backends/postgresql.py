"""The index on PostgreSQL: a tsvector in the entry's own row, with a GIN index.

Weights are A, B, C, D for headline, standfirst, names and body.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from ....library.words.query import Query
from ....library.words.tsvector import tsquery, tsvector
from ...bulk_rows import copy_into
from ..entry import HIGHEST, LOWEST, ROOM, SearchEntry
from .sql import IS_MANY, LIVE, PAGE, STOP_OF_LINES, Lookup, fetch_all, insert, named

TABLE = SearchEntry._meta.db_table

SCORE = "ts_rank('{0.05, 0.2, 0.4, 1.0}', words, %(exactly)s::tsquery, 1)"
# ts_match_vq is @@ in a form that cannot use an index, so the planner cannot switch from the index
# on dates to the index of words and sort a hundred thousand rows. A scalar subquery never becomes
# a join, so each entry is looked up by its place.
MATCHES = "ts_match_vq(words, %(exactly)s::tsquery)"
OF_ENTRY = f"(SELECT {{value}} FROM {TABLE} s WHERE s.place = e.place)"  # noqa: S608
BY_WORDS = """
    SELECT * FROM articles_search_found(
        %(loosely)s::tsquery, %(first)s, %(last)s, %(at)s, %(enough)s
    )
"""
# A short span of time is looked through story by story: a common word is in most of them.
BY_SPAN = f"""
    span AS MATERIALIZED (
        SELECT place, edition_id, section_id FROM {TABLE} e
        WHERE place >= %(first)s AND place < %(last)s AND {LIVE} ORDER BY place LIMIT %(enough)s
    ), found AS MATERIALIZED (
        SELECT e.* FROM span e
        WHERE (SELECT count(*) FROM span) < %(enough)s AND {OF_ENTRY.format(value=MATCHES)}
        UNION ALL SELECT f.* FROM ({BY_WORDS}) f WHERE (SELECT count(*) FROM span) = %(enough)s
    )
"""  # noqa: S608
HITS = """
    SELECT place, edition_id, {score} AS score FROM few e
    UNION ALL SELECT place, edition_id, score FROM walked
"""
IN_TIME = f"place >= %(low)s AND place < %(high)s AND {LIVE}"
THROUGH_TIME = f"""
    walked AS MATERIALIZED (
        SELECT place, edition_id, {{score}} AS score FROM (
            SELECT * FROM {TABLE} e WHERE {IS_MANY} AND {IN_TIME} {{and_section}}
            ORDER BY place {{order}} LIMIT %(window)s
        ) stories WHERE {MATCHES} ORDER BY place {{order}} LIMIT %(limit)s
    )
"""  # noqa: S608
STOP_IN_TIME = f"""
    UNION ALL SELECT place, NULL, NULL FROM (
        SELECT place FROM {TABLE} e WHERE {IS_MANY} AND {IN_TIME} {{and_section}}
        ORDER BY place {{order}} OFFSET %(window)s - 1 LIMIT 1
    ) last WHERE (SELECT count(*) FROM walked) < %(limit)s
"""  # noqa: S608
ALONG_LINES = f"""
    lines AS MATERIALIZED (
        SELECT floor(extract(epoch FROM published_at))::bigint * {ROOM} + edition_id AS place
        FROM ({{lines}}) l WHERE {IS_MANY}
    ), walked AS MATERIALIZED (
        SELECT place, edition_id, {{score}} AS score FROM {TABLE} e
        WHERE {IN_TIME} AND place = ANY (ARRAY(SELECT place FROM lines)) AND {MATCHES}
        ORDER BY place {{order}} LIMIT %(limit)s
    )
"""  # noqa: S608


def page(lookup: Lookup) -> tuple[str, dict[str, Any]]:
    """The statement of a Lookup, and its values."""
    fits, fits_values = lookup.filters.as_sql()
    if lookup.query.has_phrase:
        fits += f" AND {OF_ENTRY.format(value=MATCHES)}"
    score = SCORE if lookup.scored else "CAST(NULL AS real)"
    parts = {
        "score": score,
        "order": lookup.order,
        "end": lookup.end,
        "and_section": "AND section_id = %(section)s" if lookup.filters.section else "",
    }
    walk, stop = THROUGH_TIME, STOP_IN_TIME
    lines_values: dict[str, Any] = {}
    if lookup.lines is not None:
        parts["lines"], lines_values = named(lookup.lines)
        walk, stop = ALONG_LINES, STOP_OF_LINES
    sql = PAGE.format(
        found=BY_SPAN if lookup.filters.in_span else f"found AS MATERIALIZED ({BY_WORDS})",
        fits=fits,
        order=lookup.order,
        walk=walk.format(**parts),
        hits=HITS.format(score=OF_ENTRY.format(value=score)),
        stop=stop.format(**parts),
    )
    asked = {
        "exactly": tsquery(lookup.query),
        "loosely": tsquery(lookup.query, loosely=True),
    }
    return sql, lookup.values | asked | fits_values | lines_values


def any_live(queries: Sequence[Query], *, at: datetime) -> set[int]:
    """The numbers of those queries that match any live entry."""
    rows = fetch_all(
        "SELECT n FROM unnest(%s::text[]) WITH ORDINALITY AS asked (q, n)"
        " WHERE EXISTS (SELECT FROM articles_search_found(q::tsquery, %s, %s, %s, 1))",
        [[tsquery(query, loosely=True) for query in queries], LOWEST, HIGHEST, at],
    )
    return {number - 1 for (number,) in rows}


def columns_of(stems: Sequence[Sequence[str]]) -> tuple[str]:
    """The tsvector of the stems by weight."""
    return (tsvector(stems),)


def store(rows: Sequence[Sequence[Any]], *, new: bool = False) -> None:
    """Store packed rows, anew where they are stored already: `new` says that none is."""
    into = f"{TABLE} (place, edition_id, section_id, live_from, live_until, form, words)"
    if new:
        copy_into(into, rows)
        return
    insert(
        f"INTO {into}",
        rows,
        "ON CONFLICT (edition_id) DO UPDATE SET live_from = EXCLUDED.live_from,"
        " live_until = EXCLUDED.live_until, form = EXCLUDED.form, words = EXCLUDED.words",
    )


def optimize() -> None:
    """After bulk work: flush the pending list of the GIN index, and ANALYZE."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('search_words'::regclass)")
        cursor.execute(f"ANALYZE {TABLE}")
        cursor.execute("ANALYZE articles_searchword")
