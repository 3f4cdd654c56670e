"""The index on SQLite: an FTS5 table whose rows are numbered by the entries' places.

So FTS5 itself walks the answers in the order of time, from any place. The table is named
articles_searchtext; a trigger of the entry's table removes its rows. The words in it are stems
already: its tokenizer, which knows ASCII alone, only cuts at spaces.
"""

from django.db import connection

from ..entry import HIGHEST, LOWEST, SearchEntry, SearchWord
from .sql import named, rows_of

TABLE = SearchEntry._meta.db_table
TEXT = "articles_searchtext"
LIVE = "e.live_from <= %(at)s AND e.live_until > %(at)s"
IN_TIME = f"""
    SELECT e.place, e.edition_id, {{fits}} AS fits
    FROM {TEXT} t CROSS JOIN {TABLE} e ON e.place = t.rowid
    WHERE {TEXT} MATCH %(question)s AND t.rowid >= %(low)s AND t.rowid < %(high)s
        AND {LIVE} {{and_section}}
    ORDER BY t.rowid {{way}} LIMIT %({{most}})s
"""  # noqa: S608
# The plus keeps FTS5 from asking the question once for every place. Where there is no place, the
# bounds let nothing through: without any, FTS5 would look at all answers.
OF_PLACES = f"""
    WHERE {TEXT} MATCH %(question)s AND +rowid IN (SELECT place FROM {{places}})
        AND rowid >= coalesce((SELECT min(place) FROM {{places}}), {HIGHEST})
        AND rowid <= coalesce((SELECT max(place) FROM {{places}}), {LOWEST})
"""  # noqa: S608
ALONG_LINES = f"""
    lines AS MATERIALIZED (
        SELECT e.place, e.edition_id FROM ({{lines}}) l
        CROSS JOIN {TABLE} e ON e.edition_id = l.edition_id {{if_wanted}}
    ), inside AS MATERIALIZED (
        SELECT place FROM lines WHERE place >= %(low)s AND place < %(high)s
    ), matching AS MATERIALIZED (
        SELECT rowid AS place FROM {TEXT} {OF_PLACES.format(places="inside")}
        ORDER BY rowid {{way}} LIMIT %(most)s
    ), hits AS MATERIALIZED (
        SELECT m.place, lines.edition_id FROM matching m JOIN lines ON lines.place = m.place
    )
"""  # noqa: S608
WEIGHED = f"""
    , weighed AS MATERIALIZED (SELECT place FROM hits ORDER BY place DESC LIMIT %(weighed)s)
    , worths AS MATERIALIZED (
        SELECT rowid AS place, -bm25({TEXT}, 12, 5, 2, 1) AS worth
        FROM {TEXT} {OF_PLACES.format(places="weighed")}
    )
    SELECT h.place AS place, h.edition_id, w.worth
    FROM hits h LEFT JOIN worths w ON w.place = h.place
"""  # noqa: S608
UNWEIGHED = " SELECT place, edition_id, NULL FROM hits"
STOPPED = """
    UNION ALL SELECT {end}(place), NULL, NULL FROM lines
    HAVING count(*) >= %(window)s AND (SELECT count(*) FROM hits) < %(most)s
"""
FEW = """
    found AS MATERIALIZED ({in_time}), few AS MATERIALIZED (
        SELECT place, edition_id, NULL FROM found
        WHERE fits AND (SELECT count(*) FROM found) < %(enough)s
        ORDER BY place {way} LIMIT %(most)s
    )
"""
IF_MANY = "WHERE (SELECT count(*) FROM found) = %(enough)s"


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
            entry.form,
            *map(" ".join, stems),
        )
        for entry, stems in lines
    ]


def store(rows):
    """Store packed lines, anew where they are stored already."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE} (place, edition_id, section_id, live_from, live_until, form)"  # noqa: S608
            " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (edition_id) DO UPDATE SET"
            " live_from = excluded.live_from, live_until = excluded.live_until,"
            " form = excluded.form",
            [row[:6] for row in rows],
        )
        cursor.executemany(
            f"INSERT OR REPLACE INTO {TEXT} (rowid, headline, standfirst, names, body)"  # noqa: S608
            " VALUES (%s, %s, %s, %s, %s)",
            [(row[0], *row[6:]) for row in rows],
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
    wanted = " AND ".join(map(_term, group.wanted))
    if not group.unwanted:
        return f"({wanted})"
    return f"(({wanted}) NOT ({' OR '.join(map(_term, group.unwanted))}))"


def _term(term):
    return f"({' OR '.join(f'({_all(each)})' for each in term)})"


def _all(phrases):
    return " AND ".join(f'"{" ".join(phrase)}"' for phrase in phrases)


def found(query, *, at, low, high, most, fits, weighed):
    """The live answers that fit, in no order, (place, edition, worth), and how many they are; with
    `weighed` only so many of the newest, and their worth. None, None when there are more than
    `most` before it is asked whether they fit."""
    fits, values = fits
    in_time = IN_TIME.format(fits=fits, way="DESC", and_section="", most="most")
    few = "ORDER BY place DESC LIMIT %(weighed)s" if weighed else ""
    sql = f"""
        WITH found AS MATERIALIZED ({in_time}), fitting AS MATERIALIZED (
            SELECT place, edition_id FROM found
            WHERE fits AND (SELECT count(*) FROM found) < %(most)s
        ), hits AS MATERIALIZED (SELECT * FROM fitting {few}) {WEIGHED if weighed else UNWEIGHED}
        UNION ALL SELECT NULL, CASE WHEN (SELECT count(*) FROM found) < %(most)s THEN
            (SELECT count(*) FROM fitting) END, NULL
    """  # noqa: S608
    asked = _asked(query, at=at, low=low, high=high, most=most + 1, weighed=weighed)
    *rows, (_, count, _) = rows_of(sql, asked | values)
    return (rows, count) if count is not None else (None, None)


def page(query, *, at, low, high, newer, most, enough, fits, lines=None, window, section=None):
    """A statement and its values: the first `most` answers that fit, in the order of time, (place,
    edition). FTS5 walks in that order by itself; but of a list's stories it looks at `enough`
    answers before `lines` are walked, and the line without an edition is where that stopped
    short."""
    asked = _asked(query, at=at, low=low, high=high, most=most, enough=enough, window=window)
    if lines is None:
        hits, _, values = _walking(newer=newer, section=section)
        return f"WITH {hits} {UNWEIGHED}", asked | values
    hits, stop, values = _walking(newer=newer, lines=lines, if_wanted=IF_MANY)
    in_time = IN_TIME.format(fits=fits[0], way="DESC", and_section="", most="enough")
    few = FEW.format(in_time=in_time, way="ASC" if newer else "DESC")
    sql = f"WITH {few}, {hits} SELECT * FROM few UNION ALL {UNWEIGHED} {stop}"  # noqa: S608
    return sql, asked | values | fits[1]


def walk(query, *, at, low, high, newer, most, weigh, window, **way):
    """The first `most` answers in the order of time, (place, edition, worth), and the place where
    the walk stopped short or None. It needs no window of its own; `lines`, a queryset, stopped
    short when there are `window` of them."""
    hits, stop, values = _walking(newer=newer, **way)
    asked = _asked(query, at=at, low=low, high=high, most=most, window=window, weighed=most)
    rows = rows_of(f"WITH {hits} {WEIGHED if weigh else UNWEIGHED} {stop}", asked | values)
    stops = [row[0] for row in rows if row[1] is None]
    rows = sorted((row for row in rows if row[1] is not None), reverse=not newer)
    return rows, stops[0] if stops else None


def _walking(*, newer, section=None, lines=None, if_wanted=""):
    """The parts of a statement that walks, its hits and where they stop, and the values of the way
    that it takes."""
    way = "ASC" if newer else "DESC"
    if lines is None:
        and_section = "AND e.section_id = %(section)s" if section else ""
        in_time = IN_TIME.format(fits=1, way=way, and_section=and_section, most="most")
        return f"hits AS MATERIALIZED ({in_time})", "", {"section": section and section.pk}
    statement, values = named(lines)
    hits = ALONG_LINES.format(lines=statement, way=way, if_wanted=if_wanted)
    return hits, STOPPED.format(end="max" if newer else "min"), values


def _asked(query, *, at, **values):
    at = connection.ops.adapt_datetimefield_value(at)
    return {"question": question(query), "at": at, **values}


def any_live(queries, *, at):
    """Which of these questions (by number) any live entry answers."""
    sql = " UNION ALL ".join(
        f"SELECT {number} WHERE EXISTS (SELECT 1 FROM {TEXT} t CROSS JOIN {TABLE} e"  # noqa: S608
        f" ON e.place = t.rowid WHERE {TEXT} MATCH %(question_{number})s AND {LIVE})"
        for number in range(len(queries))
    )
    asked = {f"question_{number}": question(query) for number, query in enumerate(queries)}
    at = connection.ops.adapt_datetimefield_value(at)
    return {number for (number,) in rows_of(sql, {"at": at, **asked})}


def tidy_up():
    """After bulk work: look at the tables anew."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {TABLE}")
