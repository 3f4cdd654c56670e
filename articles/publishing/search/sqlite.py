"""The index on SQLite: an FTS5 table whose rows are numbered by the entries' places.

So FTS5 itself walks the answers in the order of time, from any place. The table is named
articles_searchtext; a trigger of the entry's table removes its rows. The words in it are stems
already: its tokenizer, which knows ASCII alone, only cuts at spaces.
"""

import json

from django.db import connection

from newsroom.databases import read_connection

from .entry import HIGHEST, LOWEST, SearchEntry, SearchWord

TABLE = SearchEntry._meta.db_table
TEXT = "articles_searchtext"
KNOWS_WORDS_ONLY = False
FOUND = f"""
    SELECT e.place, e.edition_id, {{fits}} FROM {TEXT} t CROSS JOIN {TABLE} e ON e.place = t.rowid
    WHERE {TEXT} MATCH %s AND t.rowid >= %s AND t.rowid < %s
        AND e.live_from <= %s AND e.live_until > %s {{and_section}}
    ORDER BY t.rowid {{way}} LIMIT %s
"""  # noqa: S608
# The plus keeps FTS5 from asking the question once for every place.
OF_PLACES = f"""
    WHERE {TEXT} MATCH %s AND rowid BETWEEN %s AND %s
        AND +rowid IN (SELECT value FROM json_each(%s))
"""  # noqa: S608


def packed(lines):
    """Rows of (entry, [stems by weight]) lines."""
    moment = connection.ops.adapt_datetimefield_value
    return [
        (
            entry.place,
            entry.edition_id,
            entry.section_id,
            moment(entry.live_from),
            moment(entry.live_until),
            *map(" ".join, stems),
        )
        for entry, stems in lines
    ]


def store(rows):
    """Store packed lines, anew where they are stored already."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE} (place, edition_id, section_id, live_from, live_until)"  # noqa: S608
            " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (edition_id) DO UPDATE SET"
            " live_from = excluded.live_from, live_until = excluded.live_until",
            [row[:5] for row in rows],
        )
        cursor.executemany(
            f"INSERT OR REPLACE INTO {TEXT} (rowid, headline, standfirst, names, body)"  # noqa: S608
            " VALUES (%s, %s, %s, %s, %s)",
            [(row[0], *row[5:]) for row in rows],
        )


def count(words, *, again=True):
    """Store SearchWords; the counts are added to those of words that are known, if `again`."""
    known = "UPDATE SET count = count + excluded.count" if again else "NOTHING"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {SearchWord._meta.db_table} (word, shown, sound, count)"  # noqa: S608
            f" VALUES (%s, %s, %s, %s) ON CONFLICT (word) DO {known}",
            [(row.word, row.shown, row.sound, row.count) for row in words],
        )


def question(query):
    """The text of an FTS5 question; every word is quoted, so that none is an operator."""
    return " OR ".join(_group(group) for group in query.groups)


def _group(group):
    wanted = " AND ".join(map(_phrase, group.wanted))
    if not group.unwanted:
        return f"({wanted})"
    return f"(({wanted}) NOT ({' OR '.join(map(_phrase, group.unwanted))}))"


def _phrase(phrase):
    return '"' + " ".join(phrase) + '"'


def found(query, *, at, low, high, most, fits, values):
    """The live answers: (place, edition, fits); None when there are more than `most`."""
    at = connection.ops.adapt_datetimefield_value(at)
    with read_connection().cursor() as cursor:
        cursor.execute(
            FOUND.format(fits=fits, way="DESC", and_section=""),
            [*values, question(query), low, high, at, at, most + 1],
        )
        rows = cursor.fetchall()
    return None if len(rows) > most else rows


def walk(query, *, at, low, high, section, newer, most, window):
    """The first `most` answers, (place, edition), in the order of time. Needs no window."""
    at = connection.ops.adapt_datetimefield_value(at)
    sql = FOUND.format(
        fits="1",
        way="ASC" if newer else "DESC",
        and_section="AND e.section_id = %s" if section else "",
    )
    narrowed = [section.pk] if section else []
    with read_connection().cursor() as cursor:
        cursor.execute(sql, [question(query), low, high, at, at, *narrowed, most])
        return [row[:2] for row in cursor.fetchall()]


def matching(query, places):
    """Those of these places whose entries answer the question exactly."""
    with read_connection().cursor() as cursor:
        cursor.execute(
            f"SELECT rowid FROM {TEXT} {OF_PLACES}",  # noqa: S608
            [question(query), min(places), max(places), json.dumps(places)],
        )
        return {row[0] for row in cursor.fetchall()}


def scores(query, places):
    """{place: how well its entry answers}; higher is better."""
    with read_connection().cursor() as cursor:
        cursor.execute(
            f"SELECT rowid, -bm25({TEXT}, 12, 5, 2, 1) FROM {TEXT} {OF_PLACES}",  # noqa: S608
            [question(query), min(places), max(places), json.dumps(places)],
        )
        return dict(cursor.fetchall())


def any_live(queries, *, at):
    """Which of these questions (by number) any live entry answers."""
    bounds = {"at": at, "low": LOWEST, "high": HIGHEST, "section": None, "newer": False}
    return {
        number for number, query in enumerate(queries) if walk(query, most=1, window=None, **bounds)
    }


def tidy_up():
    """After bulk work: look at the tables anew."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {TABLE}")
