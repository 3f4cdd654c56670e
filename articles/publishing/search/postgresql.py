"""The index on PostgreSQL: a tsvector in the entry's own row, with a GIN index.

Weights are A, B, C, D for headline, standfirst, names and body. Lexemes and questions are made
of stems that hold letters and digits only, so both are written out here and need no parser.
"""

from django.db import connection

from newsroom.databases import read_connection

from .entry import HIGHEST, LOWEST, SearchEntry

TABLE = SearchEntry._meta.db_table
MOST_POSITION = 16_383
KNOWS_WORDS_ONLY = True
"""Whether words stand together is seen in the stories: so many at a time, and no more."""
GAP = 10
"""Between one text and the next, so that no phrase reaches across."""

# ts_match_vq is @@ in a form that no index serves: the planner cannot leave the order of dates
# for the index of words and sort a hundred thousand lines.
WALK = f"""
    SELECT place, edition_id FROM (
        SELECT place, edition_id, words FROM {TABLE} e
        WHERE place >= %s AND place < %s AND live_from <= %s AND live_until > %s {{and_section}}
        ORDER BY place {{way}} LIMIT %s
    ) newest
    WHERE ts_match_vq(words, %s::tsquery) ORDER BY place {{way}} LIMIT %s
"""  # noqa: S608
FOUND = """
    WITH found AS MATERIALIZED (SELECT * FROM articles_search_found(%s::tsquery, %s, %s, %s, %s))
    SELECT place, edition_id, {fits} FROM found e WHERE (SELECT count(*) FROM found) <= %s
    UNION ALL SELECT NULL, NULL, NULL WHERE (SELECT count(*) FROM found) > %s
"""


def packed(lines):
    """Rows of (entry, [stems by weight]) lines."""
    return [
        (
            entry.place,
            entry.edition_id,
            entry.section_id,
            entry.live_from,
            entry.live_until,
            vector(stems),
        )
        for entry, stems in lines
    ]


def store(rows):
    """Store packed lines, anew where they are stored already."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLE} (place, edition_id, section_id, live_from, live_until, words)"  # noqa: S608
            f" VALUES {', '.join(['(%s, %s, %s, %s, %s, %s::tsvector)'] * len(rows))}"
            " ON CONFLICT (edition_id) DO UPDATE SET live_from = EXCLUDED.live_from,"
            " live_until = EXCLUDED.live_until, words = EXCLUDED.words",
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
    for phrase in group.wanted:
        yield "(" + joint.join(f"'{stem}'" for stem in phrase) + ")"
    for phrase in group.unwanted:
        if len(phrase) == 1 or not loosely:
            yield "!(" + joint.join(f"'{stem}'" for stem in phrase) + ")"


def found(query, *, at, low, high, most, fits, values):
    """The live entries that hold the words, in no order: (place, edition, fits); None when
    there are more than `most`.

    A phrase's words are looked for loosely: see `matching`.
    """
    with read_connection().cursor() as cursor:
        cursor.execute(
            FOUND.format(fits=fits),
            [question(query, loosely=True), low, high, at, most + 1, *values, most, most],
        )
        rows = cursor.fetchall()
    return None if rows and rows[0][0] is None else rows


def walk(query, *, at, low, high, section, newer, most, window):
    """The first `most` answers, (place, edition), among `window` stories in the order of time."""
    sql = WALK.format(
        way="ASC" if newer else "DESC", and_section="AND section_id = %s" if section else ""
    )
    narrowed = [section.pk] if section else []
    with read_connection().cursor() as cursor:
        cursor.execute(sql, [low, high, at, at, *narrowed, window, question(query), most])
        return cursor.fetchall()


def matching(query, places):
    """Those of these places whose entries answer the question exactly."""
    return _of_places(f"SELECT place FROM {TABLE} WHERE {{}}", query, places)  # noqa: S608


def _of_places(sql, query, places):
    with read_connection().cursor() as cursor:
        cursor.execute(
            sql.format("place = ANY(%s) AND ts_match_vq(words, %s::tsquery)"),
            [places, question(query)],
        )
        return {row[0] for row in cursor.fetchall()}


def scores(query, places):
    """{place: how well its entry answers}; higher is better."""
    with read_connection().cursor() as cursor:
        cursor.execute(
            "SELECT place, ts_rank('{0.05, 0.2, 0.4, 1.0}', words, %s::tsquery, 1)"  # noqa: S608
            f" FROM {TABLE} WHERE place = ANY(%s)",
            [question(query), places],
        )
        return dict(cursor.fetchall())


def any_live(queries, *, at):
    """Which of these questions (by number) any live entry answers."""
    with read_connection().cursor() as cursor:
        cursor.execute(
            "SELECT n FROM unnest(%s::text[]) WITH ORDINALITY AS asked (q, n)"
            " WHERE EXISTS (SELECT FROM articles_search_found(q::tsquery, %s, %s, %s, 1))",
            [[question(query, loosely=True) for query in queries], LOWEST, HIGHEST, at],
        )
        return {row[0] - 1 for row in cursor.fetchall()}


def tidy_up():
    """After bulk work: file what waits beside the index, and look at the words anew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('search_words'::regclass)")
        cursor.execute(f"ANALYZE {TABLE}")
        cursor.execute("ANALYZE articles_searchword")
