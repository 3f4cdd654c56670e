"""Fill a PostgreSQL database with stories on the desk, by SQL, in a few minutes.

DATABASE_URL=postgres://… python -m tests.benchmarks.desk_rows [--stories 1000000]

The database is made when it is missing, and migrated; it must have no stories yet. Made are stories
in every state with texts, topics, authors, lines of the desk's search index and editions, saved
over the last ten years, people who began them, steps and notes. The last five hundred are as close
together at any number of stories, so that a day of the desk has as much in it. Pages of the site
cannot be made of these editions: they have no words.
"""

import argparse
import os
import random
import time

import django
import psycopg

PASSAGES, TOPICS, AUTHORS, PEOPLE = 20_000, 20_000, 500, 60
SECONDS = 10 * 365 * 24 * 60 * 60
LATELY = 500
"""Stories of the last days."""
APART = SECONDS // 1_000_000
"""Seconds between two of them: as between any two of a million."""

# What each story has, by its number n; h(n, k) is a number that looks like chance.
TABLES = """
CREATE FUNCTION pg_temp.h(n bigint, k bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS
    $$ SELECT ((n * 2654435761 + k * 40503) % 2147483647) * 48271 % 2147483647 $$;
CREATE TEMP TABLE passage (
    id int PRIMARY KEY, headline text, standfirst text, html text,
    above tsvector, body tsvector
);
CREATE TEMP TABLE named (kind text, place int, id int, words tsvector, PRIMARY KEY (kind, place));
CREATE TEMP TABLE story AS SELECT
    n,
    pg_temp.h(n, 1) % %(passages)s AS first,
    pg_temp.h(n, 2) % %(passages)s AS second,
    -- Few topics are common, most are rare.
    ARRAY[
        floor(%(topics)s * power(pg_temp.h(n, 3) / 2147483647.0, 3)),
        floor(%(topics)s * power(pg_temp.h(n, 4) / 2147483647.0, 3)),
        floor(%(topics)s * (pg_temp.h(n, 5) / 2147483647.0))
    ]::int[] AS topics,
    floor(%(authors)s * power(pg_temp.h(n, 6) / 2147483647.0, 2))::int AS author,
    pg_temp.h(n, 7) % 7 AS section,
    pg_temp.h(n, 8) % %(people)s AS person,
    date_trunc('second', now()) - interval '1 second' * (
        least(%(stories)s - n, %(lately)s) * %(apart)s
        + greatest(%(stories)s - n - %(lately)s, 0) * %(apart_before)s
    ) AS moment,
    CASE
        -- Of the last ones two fifths are at work, of all others a few were left lying.
        WHEN n > %(stories)s - %(lately)s AND n % 5 < 2 THEN
            (ARRAY['planned', 'draft', 'draft', 'in_review', 'ready'])[1 + n % 3 + 2 * (n % 5)]
        WHEN n % 200 = 0 THEN 'draft'
        WHEN n % 200 = 1 THEN 'withdrawn'
        ELSE 'published'
    END AS status,
    n % 250000 = 7 AS is_rare
FROM generate_series(1, %(stories)s) n;
CREATE UNIQUE INDEX ON story (n);
ANALYZE story;
"""
ROWS = {
    "stories": """
        INSERT INTO articles_post (
            id, headline, slug, kicker, standfirst, slug_line, byline, section_id, language,
            status, published_at, embargo_note, change_kind, change_note, uuid, source, source_id,
            version, others_version, published_version, created_by_id, saved_by_id, saved_at
        ) SELECT
            n, CASE WHEN is_rare THEN 'Zanzibar ' ELSE '' END || p.headline,
            'story-' || n, '', p.standfirst,
            CASE WHEN status = 'planned' THEN 'Plan ' || n ELSE '' END, '',
            (SELECT id FROM named WHERE kind = 'section' AND place = section), 'en-gb',
            status, CASE WHEN status IN ('published', 'withdrawn') THEN moment END, '', '', '',
            gen_random_uuid(), 'benchmark', n::text,
            CASE WHEN n % 97 = 0 THEN 2 ELSE 1 END, 0,
            CASE WHEN status IN ('published', 'withdrawn') THEN 1 END,
            (SELECT id FROM named WHERE kind = 'person' AND place = person),
            (SELECT id FROM named WHERE kind = 'person' AND place = person), moment
        FROM story JOIN passage p ON p.id = first ORDER BY story.n
    """,
    "texts": """
        INSERT INTO articles_text (parent_id, region, ordering, html)
        SELECT n, 'body', 10, p.html || q.html
        FROM story JOIN passage p ON p.id = first JOIN passage q ON q.id = second ORDER BY story.n
    """,
    "topics of stories": """
        INSERT INTO articles_posttopic (content_object_id, tag_id)
        SELECT DISTINCT n, t.id FROM story, unnest(topics) topic
        JOIN named t ON t.kind = 'topic' AND t.place = topic ORDER BY n
    """,
    "authors of stories": """
        INSERT INTO articles_postauthor (post_id, author_id, position)
        SELECT n, a.id, 0 FROM story JOIN named a ON a.kind = 'author' AND a.place = author
        ORDER BY n
    """,
    "plans": """
        INSERT INTO articles_plan (post_id, about, assigned_to_id, due_at, length)
        SELECT n, '', (SELECT id FROM named WHERE kind = 'person' AND place = person),
            now() + (n % 1000) * interval '10 minutes', 600
        FROM story WHERE status = 'planned'
    """,
    "editions": """
        INSERT INTO articles_edition (
            post_id, number, kind, live_from, live_until, uuid, family, published_at, posted_on,
            slug, headline, kicker, standfirst, language, section_id, byline, topics, notes,
            renderer, word_count, version, made_by_id, made_at
        ) SELECT
            p.id, 1, 'new', moment + later,
            CASE WHEN p.status = 'withdrawn' THEN moment + interval '1 day'
                ELSE '9000-01-01T00:00:00Z' END,
            p.uuid, p.uuid, moment + later, (moment + later)::date, p.slug, p.headline, '',
            p.standfirst, 'en-gb', p.section_id, '{"authors": [], "text": ""}', '[]', '[]',
            1, 100, 1, p.saved_by_id, moment
        FROM (
            SELECT *, CASE WHEN n > %(stories)s - %(lately)s AND n %% 20 = 3
                THEN now() - moment + (n %% 1000) * interval '5 minutes'
                ELSE interval '0' END AS later FROM story
        ) s JOIN articles_post p ON p.id = n
        WHERE p.status IN ('published', 'withdrawn') ORDER BY n
    """,
    "steps": """
        INSERT INTO articles_transition (
            post_id, action, from_status, to_status, by_id, at, due_at, version, note
        ) SELECT
            p.id, action, 'draft', p.status, p.saved_by_id, p.saved_at, p.saved_at, 1, note
        FROM articles_post p, LATERAL (VALUES
            ('publish', p.status IN ('published', 'withdrawn'), ''),
            ('send_to_review', p.status IN ('in_review', 'ready') OR p.id %% 2 = 0, ''),
            ('send_back', p.status = 'draft' AND p.id %% 2 = 0, 'The second source is missing.'),
            ('hold', p.status = 'ready' AND p.id %% 7 = 0, 'The embargo was moved.')
        ) AS step (action, was_taken, note)
        WHERE was_taken ORDER BY p.id, action DESC
    """,
    "notes": """
        INSERT INTO articles_note (post_id, by_id, to_id, text, at, done_at)
        SELECT p.id, p.saved_by_id,
            (SELECT id FROM named WHERE kind = 'person' AND place = (p.id / 4) %% %(people)s),
            'Who else has seen the letter?', p.saved_at,
            CASE WHEN p.id <= %(stories)s - %(lately)s THEN p.saved_at END
        FROM articles_post p WHERE p.id %% 4 = 0 ORDER BY p.id
    """,
    "addresses": """
        INSERT INTO articles_address (post_id, posted_on, slug)
        SELECT post_id, posted_on, slug FROM articles_edition ORDER BY id
    """,
    "lines of the index": """
        INSERT INTO articles_postwords (post_id, words)
        SELECT n, CASE WHEN is_rare THEN '''zanzibar'':1A'::tsvector ELSE '' END
            || p.above || a.words || t.words || u.words || v.words || p.body || q.body
        FROM story
        JOIN passage p ON p.id = first JOIN passage q ON q.id = second
        JOIN named a ON a.kind = 'author' AND a.place = author
        JOIN named t ON t.kind = 'topic' AND t.place = topics[1]
        JOIN named u ON u.kind = 'topic' AND u.place = topics[2]
        JOIN named v ON v.kind = 'topic' AND v.place = topics[3]
        ORDER BY n
    """,
}
SEQUENCES = (
    *("post", "text", "posttopic", "postauthor", "plan", "edition"),
    *("transition", "note", "address"),
)


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.desk_rows")
    parser.add_argument("--stories", type=int, default=1_000_000)
    stories = parser.parse_args().stories
    make_database(os.environ["DATABASE_URL"])
    from django.core.management import call_command
    from django.db import connection, transaction

    from articles.models import Post

    call_command("migrate", verbosity=0)
    if Post.objects.exists():
        raise SystemExit("There are stories in this database. Use an empty one.")
    began = time.monotonic()
    with transaction.atomic(), connection.cursor() as cursor:
        # Foreign keys need not be checked: every row here is made of rows that are there.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        cursor.execute("SET LOCAL work_mem = '256MB'")
        counts = {
            "stories": stories,
            "lately": min(LATELY, stories),
            "passages": PASSAGES,
            "topics": TOPICS,
            "authors": AUTHORS,
            "people": PEOPLE,
            "apart": APART,
            "apart_before": SECONDS // stories,
        }
        cursor.execute(filled_in(TABLES, counts))
        make_names_and_passages(cursor)
        cursor.execute("DROP INDEX post_words")
        for title, sql in ROWS.items():
            cursor.execute(filled_in(sql, counts))
            print(
                f"{title}: {cursor.rowcount:,}, after {time.monotonic() - began:.0f} s", flush=True
            )
        cursor.execute("CREATE INDEX post_words ON articles_postwords USING gin (words)")
        for name in SEQUENCES:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('articles_{name}', 'id'), max(id))"  # noqa: S608
                f" FROM articles_{name}"
            )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(f"done after {time.monotonic() - began:.0f} s")


def filled_in(sql, counts):
    for name, count in counts.items():
        sql = sql.replace(f"%({name})s", str(count))
    return sql.replace("%%", "%")


def make_database(url):
    """Make the database where it is missing."""
    server, _, name = url.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        asked = "SELECT 1 FROM pg_database WHERE datname = %s"
        if not connection.execute(asked, [name]).fetchone():
            connection.execute(f'CREATE DATABASE "{name}"')


def make_names_and_passages(cursor):
    """The rows that stories share, and the pieces of which they are made."""
    from django.contrib.auth.models import Group, User

    from articles.desk import roles
    from articles.library.words.stems import stems_of_texts, words_of
    from articles.library.words.tsvector import tsvector
    from articles.management.generating.vocabulary import Words
    from articles.models import Author, Section, Topic

    rng = random.Random(2026)
    words = Words(rng)

    def vector(*texts):
        return tsvector(stems_of_texts(texts, words_of(texts)))

    people = User.objects.bulk_create(
        User(
            username=f"person-{n:02}",
            first_name=words.name(),
            last_name=words.name(),
            is_staff=True,
        )
        for n in range(PEOPLE)
    )
    for group in Group.objects.filter(name__in=[roles.REPORTER, roles.EDITOR]):
        group.user_set.set(people[:5] if group.name == roles.EDITOR else people[5:])
    sections = Section.objects.bulk_create(
        Section(name=name, slug=name.lower(), position=n)
        for n, name in enumerate(
            ["Politics", "World", "Business", "Environment", "Science", "Culture", "Sport"]
        )
    )
    topics = Topic.objects.bulk_create(
        Topic(name=f"{words.name(2)} {n}", slug=f"topic-{n}") for n in range(TOPICS)
    )
    authors = Author.objects.bulk_create(
        Author(name=f"{words.name(2)} {n}", slug=f"author-{n}") for n in range(AUTHORS)
    )
    kinds = {"person": people, "section": sections, "topic": topics, "author": authors}
    with cursor.copy("COPY named FROM STDIN") as copy:
        for kind, rows in kinds.items():
            for place, row in enumerate(rows):
                said = vector("", "", row.name, "") if kind in {"topic", "author"} else ""
                copy.write_row([kind, place, row.pk, said])
    with cursor.copy("COPY passage FROM STDIN") as copy:
        for number in range(PASSAGES):
            headline = " ".join(words.run(8)).capitalize()
            standfirst, html = words.sentence(16), words.paragraphs(1)
            above = vector(headline, standfirst, "", "")
            text = html.replace("<p>", "").replace("</p>", "")
            body = vector("", "", "", text)
            copy.write_row([number, headline, standfirst, html, above, body])
    cursor.execute("ANALYZE passage")
    cursor.execute("ANALYZE named")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    main()
