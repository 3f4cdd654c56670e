"""The index on PostgreSQL: a tsvector in the entry's own row, with a GIN index.

Weights are A, B, C, D for headline, standfirst, names and body. Lexemes and questions are made
of stems that hold letters, digits and our own mark only, so both are written out here and need no
parser.
"""

from django.db import connection

from ..entry import HIGHEST, LOWEST, ROOM, SearchEntry
from ..text.tokenizer import MARK
from .sql import named, rows_of

TABLE = SearchEntry._meta.db_table
MOST_POSITION = 16_383
GAP = 10
"""Between one text and the next, so that no phrase reaches across."""

WORTH = "ts_rank('{0.05, 0.2, 0.4, 1.0}', words, %(exactly)s::tsquery, 1)"
# ts_match_vq is @@ in a form that no index serves: the planner cannot leave the order of dates
# for the index of words and sort a hundred thousand lines. A subquery that gives one value is
# never made a join: each entry is looked up by its place.
EXACTLY = (
    "(SELECT ts_match_vq(s.words, %(exactly)s::tsquery)"  # noqa: S608
    f" FROM {TABLE} s WHERE s.place = e.place)"
)
LIVE = "place >= %(low)s AND place < %(high)s AND live_from <= %(at)s AND live_until > %(at)s"
BY_WORDS = """
    SELECT * FROM articles_search_found(%(loosely)s::tsquery, %(low)s, %(high)s, %(at)s, %(enough)s)
"""
# A short span of time is looked through story by story: a common word is in most of them.
BY_SPAN = f"""
    SELECT e.* FROM span e WHERE (SELECT count(*) FROM span) < %(enough)s AND {EXACTLY}
    UNION ALL SELECT f.* FROM ({BY_WORDS}) f WHERE (SELECT count(*) FROM span) = %(enough)s
"""  # noqa: S608
SPAN = f"""
    span AS MATERIALIZED (
        SELECT place, edition_id, section_id FROM {TABLE}
        WHERE {LIVE} ORDER BY place LIMIT %(enough)s
    ),
"""  # noqa: S608
FOUND = """
    WITH {span} found AS MATERIALIZED ({found}), answers AS (
        SELECT place, edition_id, row_number() OVER (ORDER BY place DESC) AS number
        FROM found e WHERE (SELECT count(*) FROM found) < %(enough)s AND {fits}
    )
    SELECT place, edition_id, {worth} FROM answers a {and_few}
    UNION ALL SELECT NULL, CASE WHEN (SELECT count(*) FROM found) < %(enough)s THEN
        (SELECT count(*) FROM answers) END, NULL
"""
PAGE = """
    WITH {span} found AS MATERIALIZED ({found}), few AS (
        SELECT place, edition_id FROM found e
        WHERE (SELECT count(*) FROM found) < %(enough)s AND {fits}
        ORDER BY place {way} LIMIT %(most)s
    )
    SELECT place, edition_id FROM few
    UNION ALL SELECT place, edition_id FROM ({walk}) walk
    WHERE (SELECT count(*) FROM found) = %(enough)s
"""
# The last line, without an edition, is where a walk that met too few answers stopped.
THROUGH_TIME = f"""
    WITH hits AS MATERIALIZED (
        SELECT place, edition_id, {{worth}} AS worth FROM (
            SELECT * FROM {TABLE} WHERE {LIVE} {{and_section}}
            ORDER BY place {{way}} LIMIT %(window)s
        ) stories
        WHERE ts_match_vq(words, %(exactly)s::tsquery) ORDER BY place {{way}} LIMIT %(most)s
    )
    SELECT * FROM hits UNION ALL SELECT place, NULL, NULL FROM (
        SELECT place FROM {TABLE} WHERE {LIVE} {{and_section}}
        ORDER BY place {{way}} OFFSET %(window)s - 1 LIMIT 1
    ) last WHERE (SELECT count(*) FROM hits) < %(most)s
"""  # noqa: S608
ALONG_LINES = f"""
    WITH lines AS MATERIALIZED (
        SELECT floor(extract(epoch FROM published_at))::bigint * {ROOM} + edition_id AS place
        FROM ({{lines}}) l
    ), hits AS MATERIALIZED (
        SELECT place, edition_id, {{worth}} AS worth FROM {TABLE}
        WHERE {LIVE} AND place = ANY (ARRAY(SELECT place FROM lines))
            AND ts_match_vq(words, %(exactly)s::tsquery)
        ORDER BY place {{way}} LIMIT %(most)s
    )
    SELECT * FROM hits UNION ALL SELECT {{end}}(place), NULL, NULL FROM lines
    HAVING count(*) >= %(window)s AND (SELECT count(*) FROM hits) < %(most)s
"""  # noqa: S608


def packed(lines):
    """Rows of (entry, [stems by weight]) lines."""
    return [
        (
            entry.place,
            entry.edition_id,
            entry.section_id,
            entry.live_from,
            entry.live_until,
            entry.form,
            vector(stems),
        )
        for entry, stems in lines
    ]


def store(rows):
    """Store packed lines, anew where they are stored already."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLE}"  # noqa: S608
            " (place, edition_id, section_id, live_from, live_until, form, words)"
            f" VALUES {', '.join(['(%s, %s, %s, %s, %s, %s, %s::tsvector)'] * len(rows))}"
            " ON CONFLICT (edition_id) DO UPDATE SET live_from = EXCLUDED.live_from,"
            " live_until = EXCLUDED.live_until, form = EXCLUDED.form, words = EXCLUDED.words",
            [value for row in rows for value in row],
        )


def vector(stems):
    """The text of a tsvector: 'stem':1A,7 …"""
    places, position = {}, 1
    for weight, words in zip("ABCD", stems, strict=True):
        suffix = "" if weight == "D" else weight
        for position, stem in enumerate(words, position):  # noqa: B020
            if position > MOST_POSITION:
                break
            if stem != MARK:
                places.setdefault(stem, []).append(f"{position}{suffix}")
        position += GAP
    return " ".join([f"'{stem}':{','.join(where)}" for stem, where in places.items()])


def count(words, *, again=True):
    """Store SearchWords; the counts are added to those of words that are known, if `again`."""
    known = "UPDATE SET count = articles_searchword.count + EXCLUDED.count" if again else "NOTHING"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO articles_searchword (word, shown, sound, count)"  # noqa: S608
            " SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::int[])"
            f" ON CONFLICT (word) DO {known}",
            [
                [row.word for row in words],
                [row.shown for row in words],
                [row.sound for row in words],
                [row.count for row in words],
            ],
        )


def question(query, *, loosely=False):
    """The text of a tsquery. Loosely: words of a phrase anywhere, which the index alone tells."""
    return " | ".join(
        "(" + " & ".join(_terms(group, " & " if loosely else " <-> ", loosely)) + ")"
        for group in query.groups
    )


def _terms(group, joint, loosely):
    for term in group.wanted:
        yield _term(term, joint)
    for term in group.unwanted:
        if not loosely or all(len(phrase) == 1 for each in term for phrase in each):
            yield f"!{_term(term, joint)}"


def _term(term, joint):
    phrases = (
        " & ".join(f"({joint.join(map(_lexeme, phrase))})" for phrase in each) for each in term
    )
    return f"({' | '.join(f'({each})' for each in phrases)})"


def _lexeme(stem):
    return f"'{stem}'"


def found(query, *, at, low, high, most, fits, weighed):
    """The live answers that fit, in no order, (place, edition, worth), and how many they are; with
    `weighed` only so many of the newest, and their worth. None, None when there are more than
    `most` before it is asked whether they fit."""
    fits, values = fits
    sql = FOUND.format(
        **_looking(query, fits, low, high),
        worth=f"(SELECT {WORTH} FROM {TABLE} s WHERE s.place = a.place)" if weighed else "NULL",  # noqa: S608
        and_few="WHERE number <= %(weighed)s" if weighed else "",
    )
    asked = _asked(query, at=at, low=low, high=high, enough=most + 1, weighed=weighed)
    *rows, (_, count, _) = rows_of(sql, asked | values)
    return (rows, count) if count is not None else (None, None)


def page(query, *, at, low, high, newer, most, enough, fits, window, **way):
    """A statement and its values: the first `most` answers that fit, in the order of time, (place,
    edition). When there are `enough` before it is asked whether they fit, they are walked to: `way`
    says how, and the line without an edition where the walk stopped short."""
    fits, values = fits
    walking, own = _walking(newer=newer, weigh=False, **way)
    asked = _asked(query, at=at, low=low, high=high, most=most, enough=enough, window=window)
    sql = PAGE.format(
        **_looking(query, fits, low, high), walk=walking, way="ASC" if newer else "DESC"
    )
    return sql, asked | values | own


def walk(query, *, at, low, high, newer, most, weigh, window, **way):
    """The first `most` answers in the order of time, (place, edition, worth), and the place where
    the walk stopped short or None. It looks at `window` stories, of a section perhaps; or at
    `lines`, which are a queryset and stopped short when there are `window` of them."""
    sql, values = _walking(newer=newer, weigh=weigh, **way)
    asked = _asked(query, at=at, low=low, high=high, most=most, window=window)
    rows = rows_of(sql, asked | values)
    stopped_at = rows.pop()[0] if rows and rows[-1][1] is None else None
    return rows, stopped_at


def _looking(query, fits, low, high):
    """The parts of a statement that looks at all answers."""
    in_span = low > LOWEST or high < HIGHEST
    return {
        "span": SPAN if in_span else "",
        "found": BY_SPAN if in_span else BY_WORDS,
        "fits": f"{fits} AND {EXACTLY}" if query.has_phrase else fits,
    }


def _walking(*, newer, weigh, section=None, lines=None):
    """The statement of a walk, and those of its values that say which way it takes."""
    words = {
        "way": "ASC" if newer else "DESC",
        "end": "max" if newer else "min",
        "worth": WORTH if weigh else "NULL",
        "and_section": "AND section_id = %(section)s" if section else "",
    }
    if lines is None:
        return THROUGH_TIME.format(**words), {"section": section and section.pk}
    statement, values = named(lines)
    return ALONG_LINES.format(lines=statement, **words), values


def _asked(query, **values):
    return {"exactly": question(query), "loosely": question(query, loosely=True), **values}


def any_live(queries, *, at):
    """Which of these questions (by number) any live entry answers."""
    rows = rows_of(
        "SELECT n FROM unnest(%s::text[]) WITH ORDINALITY AS asked (q, n)"
        " WHERE EXISTS (SELECT FROM articles_search_found(q::tsquery, %s, %s, %s, 1))",
        [[question(query, loosely=True) for query in queries], LOWEST, HIGHEST, at],
    )
    return {number - 1 for (number,) in rows}


def tidy_up():
    """After bulk work: file what waits beside the index, and look at the words anew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('search_words'::regclass)")
        cursor.execute(f"ANALYZE {TABLE}")
        cursor.execute("ANALYZE articles_searchword")
