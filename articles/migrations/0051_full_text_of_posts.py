"""Give the desk an index of words of its own, and have all posts written into it."""

from django.db import migrations

ON_POSTGRESQL = [
    "ALTER TABLE articles_postwords ADD COLUMN words tsvector NOT NULL DEFAULT ''",
    "CREATE INDEX post_words ON articles_postwords USING gin (words)",
    # These values do not get shorter when they are compressed, only slower to read.
    "ALTER TABLE articles_postwords ALTER COLUMN words SET STORAGE EXTERNAL",
    # The planner does not know what it costs to read the words of a row, and would rather read
    # every row than trust the index. Here it has no choice.
    """
    CREATE FUNCTION articles_post_words_found(asked tsquery, most integer)
    RETURNS TABLE (post_id bigint)
    LANGUAGE sql STABLE
    SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off
    SET jit = off SET max_parallel_workers_per_gather = 0
    AS $$ SELECT e.post_id FROM articles_postwords e WHERE e.words @@ asked LIMIT most $$
    """,
]
NOT_ON_POSTGRESQL = [
    "DROP FUNCTION articles_post_words_found",
    "ALTER TABLE articles_postwords DROP COLUMN words",
]
ON_SQLITE = [
    """
    CREATE VIRTUAL TABLE articles_posttext USING fts5(
        headline, standfirst, names, body, tokenize = "ascii"
    )
    """,
    "CREATE VIRTUAL TABLE articles_posttext_words USING fts5vocab(articles_posttext, row)",
    """
    CREATE TRIGGER articles_postwords_gone AFTER DELETE ON articles_postwords
    BEGIN DELETE FROM articles_posttext WHERE rowid = old.post_id; END
    """,
]
NOT_ON_SQLITE = [
    "DROP TRIGGER articles_postwords_gone",
    "DROP TABLE articles_posttext_words",
    "DROP TABLE articles_posttext",
]
ALL_WAIT = "INSERT INTO articles_posttoindex (post_id) SELECT id FROM articles_post"


def run(on_postgresql, on_sqlite):
    """A step that runs the statements for the database at hand."""

    def step(apps, schema_editor):
        postgresql = schema_editor.connection.vendor == "postgresql"
        with schema_editor.connection.cursor() as cursor:
            for sql in on_postgresql if postgresql else on_sqlite:
                cursor.execute(sql)

    return step


class Migration(migrations.Migration):
    dependencies = [("articles", "0050_words_of_posts")]

    operations = [
        migrations.RunPython(run(ON_POSTGRESQL, ON_SQLITE), run(NOT_ON_POSTGRESQL, NOT_ON_SQLITE)),
        migrations.RunSQL(ALL_WAIT, migrations.RunSQL.noop),
    ]
