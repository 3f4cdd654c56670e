"""The index on SQLite: an FTS5 table whose rows are numbered by the entries' places.

So FTS5 itself walks the matches in the order of time, from any place. The table is named
articles_searchtext; a trigger of the entry's table removes its rows. The words in it are stems
already, so its ASCII tokenizer only has to split at spaces.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from ....library.words.fts import match
from ....library.words.query import Query
from ..entry import HIGHEST, LOWEST, SearchEntry
from .sql import IS_MANY, LIVE, PAGE, STOP_OF_LINES, Lookup, fetch_all, insert, named

TABLE = SearchEntry._meta.db_table
TEXT = "articles_searchtext"
FOUND = f"""
    SELECT e.place, e.edition_id, e.section_id
    FROM {TEXT} t CROSS JOIN {TABLE} e ON e.place = t.rowid
    WHERE {TEXT} MATCH %(match)s AND {LIVE}
"""  # noqa: S608
BY_WORDS = f"""
    found AS MATERIALIZED (
        {FOUND} AND t.rowid >= %(first)s AND t.rowid < %(last)s
        ORDER BY t.rowid DESC LIMIT %(enough)s
    )
"""
# LIMIT 0 keeps SQLite from walking when no walk is needed; a condition would not.
IF_MANY = f"LIMIT CASE WHEN {IS_MANY} THEN {{limit}} ELSE 0 END"
THROUGH_TIME = f"""
    walked AS MATERIALIZED (
        {FOUND} AND t.rowid >= %(low)s AND t.rowid < %(high)s {{and_section}}
        ORDER BY t.rowid {{order}} {IF_MANY.format(limit="%(limit)s")}
    )
"""
# The plus keeps FTS5 from running the query once for every place. Where there is no place, the
# bounds let nothing through: without any, FTS5 would look at all matches.
OF_PLACES = f"""
    WHERE {TEXT} MATCH %(match)s AND +rowid IN (SELECT place FROM {{places}})
        AND rowid >= coalesce((SELECT min(place) FROM {{places}}), {HIGHEST})
        AND rowid <= coalesce((SELECT max(place) FROM {{places}}), {LOWEST})
"""  # noqa: S608
ALONG_LINES = f"""
    lines AS MATERIALIZED (
        SELECT e.place, e.edition_id FROM ({{lines}}) l
        CROSS JOIN {TABLE} e ON e.edition_id = l.edition_id {IF_MANY.format(limit=-1)}
    ), inside AS MATERIALIZED (
        SELECT place FROM lines WHERE place >= %(low)s AND place < %(high)s
    ), matching AS MATERIALIZED (
        SELECT rowid AS place FROM {TEXT} {OF_PLACES.format(places="inside")}
        ORDER BY rowid {{order}} LIMIT %(limit)s
    ), walked AS MATERIALIZED (
        SELECT m.place, lines.edition_id FROM matching m JOIN lines ON lines.place = m.place
    )
"""  # noqa: S608
HITS = """
    , hits AS MATERIALIZED (
        SELECT place, edition_id FROM few UNION ALL SELECT place, edition_id FROM walked
    )
"""
SCORED = f"""
    {HITS}, scores AS MATERIALIZED (
        SELECT rowid AS place, -bm25({TEXT}, 12, 5, 2, 1) AS score
        FROM {TEXT} {OF_PLACES.format(places="hits")}
    )
    SELECT h.place, h.edition_id, s.score FROM hits h LEFT JOIN scores s ON s.place = h.place
"""  # noqa: S608
UNSCORED = f"{HITS} SELECT place, edition_id, NULL AS score FROM hits"  # noqa: S608


def page(lookup: Lookup) -> tuple[str, dict[str, Any]]:
    """The statement of a Lookup, and its values."""
    fits, fits_values = lookup.filters.as_sql()
    parts = {
        "order": lookup.order,
        "end": lookup.end,
        "and_section": "AND e.section_id = %(section)s" if lookup.filters.section else "",
    }
    walk, stop = THROUGH_TIME, ""
    values: dict[str, Any] = {"match": match(lookup.query)}
    if lookup.lines is not None:
        parts["lines"], lines_values = named(lookup.lines)
        walk, stop, values = ALONG_LINES, STOP_OF_LINES, values | lines_values
    elif not lookup.counted:
        values["enough"] = 0  # FTS5 walks the matches themselves: no need to find them first
    sql = PAGE.format(
        found=BY_WORDS,
        fits=fits,
        order=lookup.order,
        walk=walk.format(**parts),
        hits=SCORED if lookup.scored else UNSCORED,
        stop=stop.format(**parts),
    )
    return sql, lookup.values | fits_values | values


def any_live(queries: Sequence[Query], *, at: datetime) -> set[int]:
    """The numbers of those queries that match any live entry."""
    sql = " UNION ALL ".join(
        f"SELECT {number} WHERE EXISTS (SELECT 1 FROM {TEXT} t CROSS JOIN {TABLE} e"  # noqa: S608
        f" ON e.place = t.rowid WHERE {TEXT} MATCH %(match_{number})s AND {LIVE})"
        for number in range(len(queries))
    )
    asked: dict[str, Any] = {"at": connection.ops.adapt_datetimefield_value(at)}
    asked |= {f"match_{number}": match(query) for number, query in enumerate(queries)}
    return {number for (number,) in fetch_all(sql, asked)}


def columns_of(stems: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The texts of an FTS5 row, of the stems by weight."""
    return tuple(map(" ".join, stems))


def store(rows: Sequence[Sequence[Any]], *, new: bool = False) -> None:
    """Store packed rows, anew where they are stored already."""
    insert(
        f"INTO {TABLE} (place, edition_id, section_id, live_from, live_until, form)",
        [row[:6] for row in rows],
        "ON CONFLICT (edition_id) DO UPDATE SET live_from = excluded.live_from,"
        " live_until = excluded.live_until, form = excluded.form",
    )
    insert(
        f"OR REPLACE INTO {TEXT} (rowid, headline, standfirst, names, body)",
        [(row[0], *row[6:]) for row in rows],
    )


def optimize() -> None:
    """After bulk work: ANALYZE the tables."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {TABLE}")
