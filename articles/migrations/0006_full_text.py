"""Give each database its own index of words beside the search entries."""

from django.db import migrations

ON_POSTGRESQL = [
    "ALTER TABLE articles_searchentry ADD COLUMN words tsvector NOT NULL DEFAULT ''",
    "CREATE INDEX search_words ON articles_searchentry USING gin (words)",
    # These values do not get shorter when they are compressed, only slower to read.
    "ALTER TABLE articles_searchentry ALTER COLUMN words SET STORAGE EXTERNAL",
    # How common a word is decides the plan; the default of 100 knows too few words.
    "ALTER TABLE articles_searchentry ALTER COLUMN words SET STATISTICS 500",
    # The planner does not know what it costs to read the words of a row, and would rather read
    # every row than trust the index. Here it has no choice: the index of words, or nothing.
    """
    CREATE FUNCTION articles_search_found(
        asked tsquery, low bigint, high bigint, at timestamptz, most integer
    ) RETURNS TABLE (place bigint, edition_id bigint, section_id bigint)
    LANGUAGE sql STABLE
    SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off
    SET jit = off SET max_parallel_workers_per_gather = 0
    AS $$
        SELECT e.place, e.edition_id, e.section_id
        FROM articles_searchentry e
        WHERE e.words @@ asked AND e.place + 0 >= low AND e.place + 0 < high
            AND e.live_from <= at AND e.live_until > at
        LIMIT most
    $$
    """,
]
NOT_ON_POSTGRESQL = [
    "DROP FUNCTION articles_search_found",
    "ALTER TABLE articles_searchentry DROP COLUMN words",
]
ON_SQLITE = [
    """
    CREATE VIRTUAL TABLE articles_searchtext USING fts5(
        headline, standfirst, names, body, tokenize = "ascii"
    )
    """,
    """
    CREATE TRIGGER articles_searchentry_gone AFTER DELETE ON articles_searchentry
    BEGIN DELETE FROM articles_searchtext WHERE rowid = old.place; END
    """,
]
NOT_ON_SQLITE = [
    "DROP TRIGGER articles_searchentry_gone",
    "DROP TABLE articles_searchtext",
]


def run(on_postgresql, on_sqlite):
    """A step that runs the statements for the database at hand."""

    def step(apps, schema_editor):
        postgresql = schema_editor.connection.vendor == "postgresql"
        with schema_editor.connection.cursor() as cursor:
            for sql in on_postgresql if postgresql else on_sqlite:
                cursor.execute(sql)

    return step


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_search_index")]

    operations = [
        migrations.RunPython(run(ON_POSTGRESQL, ON_SQLITE), run(NOT_ON_POSTGRESQL, NOT_ON_SQLITE)),
    ]
