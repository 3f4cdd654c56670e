"""The index on PostgreSQL: a tsvector in the entry's own row, with a GIN index.

Weights are A, B, C, D for headline, standfirst, names and body. Lexemes and tsqueries are made
of stems that hold letters, digits and our own mark only, so both are written here without a parser.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection

from ...bulk_rows import copy_into
from ..entry import HIGHEST, LOWEST, ROOM, SearchEntry
from ..text.query import Group, Query, Term
from ..text.tokenizer import MARK
from .sql import IS_MANY, LIVE, PAGE, STOP_OF_LINES, Lookup, fetch_all, insert, named

TABLE = SearchEntry._meta.db_table
MAX_POSITION = 16_383
GAP = 10
"""Positions between one text and the next, so that no phrase reaches across."""

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


def tsquery(query: Query, *, loosely: bool = False) -> str:
    """The text of a tsquery. Loosely: words of a phrase anywhere, which the index alone tells."""
    return " | ".join(f"({' & '.join(_terms(group, loosely))})" for group in query.groups)


def _terms(group: Group, loosely: bool) -> Iterator[str]:
    joint = " & " if loosely else " <-> "
    for term in group.wanted:
        yield _term(term, joint)
    for term in group.unwanted:
        if not loosely or all(len(phrase) == 1 for each in term for phrase in each):
            yield f"!{_term(term, joint)}"


def _term(term: Term, joint: str) -> str:
    alternatives = (
        " & ".join("('" + f"'{joint}'".join(phrase) + "')" for phrase in each) for each in term
    )
    return f"({' | '.join(f'({each})' for each in alternatives)})"


def columns_of(stems: Sequence[Sequence[str]]) -> tuple[str]:
    """The text of a tsvector ('stem':1A 'stem':7 …) of the stems by weight."""
    pieces: list[str] = []
    position = 1
    for weight, words in zip(["A", "B", "C", ""], stems, strict=True):
        kept = words[: max(0, MAX_POSITION + 1 - position)]
        lexemes = ["'"] * (3 * len(kept))
        lexemes[1::3], lexemes[2::3] = kept, _endings(weight)[position : position + len(kept)]
        for _gap in range(kept.count(MARK)):
            at = lexemes.index(MARK)
            del lexemes[at - 1 : at + 2]
        pieces += lexemes
        position += max(len(kept) - 1, 0) + GAP
    return ("".join(pieces),)


@cache
def _endings(weight: str) -> list[str]:
    """What follows a stem at each position: formatted once, for that takes longer than the rest."""
    return [f"':{position}{weight} " for position in range(MAX_POSITION + 1)]


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
