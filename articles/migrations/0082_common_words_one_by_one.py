"""Let the desk's search guess how common each word is, and ask for many words in one call."""

from django.db import migrations

FUNCTIONS = {
    "articles_post_words_guess": """
        CREATE FUNCTION articles_post_words_guess(asked tsquery)
        RETURNS float LANGUAGE plpgsql VOLATILE AS $$
        DECLARE plan json;
        BEGIN
            EXECUTE format(
                'EXPLAIN (FORMAT JSON) SELECT FROM articles_postwords WHERE words @@ %L::tsquery',
                asked::text
            ) INTO plan;
            RETURN plan -> 0 -> 'Plan' ->> 'Plan Rows';
        END $$
    """,
    # Words that are said together are seldom said by chance, as the planner thinks: it is asked for
    # each. One row of NULL where all words of an alternative are common.
    "articles_post_words_unless_common": """
        CREATE FUNCTION articles_post_words_unless_common(
            asked tsquery, words tsquery[], alternatives integer[], most integer
        )
        RETURNS TABLE (post_id bigint) LANGUAGE plpgsql VOLATILE AS $$
        BEGIN
            IF EXISTS (
                WITH guessed AS MATERIALIZED (
                    SELECT w.word, articles_post_words_guess(w.word) > 3 * most AS is_common
                    FROM (SELECT DISTINCT unnest(words)) w (word)
                )
                SELECT FROM unnest(words, alternatives) w (word, alternative) JOIN guessed USING (word)
                GROUP BY alternative HAVING bool_and(is_common)
            ) THEN
                RETURN QUERY SELECT NULL::bigint;
            ELSE
                RETURN QUERY SELECT f.post_id FROM articles_post_words_found(asked, most) f;
            END IF;
        END $$
    """,
    # What is common the planner knows; to look for it in the index would read all that say it.
    "articles_post_words_known": """
        CREATE FUNCTION articles_post_words_known(stems text[])
        RETURNS SETOF text LANGUAGE plpgsql STABLE
        SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off
        SET jit = off SET max_parallel_workers_per_gather = 0
        AS $$
        DECLARE common text[]; stem text;
        BEGIN
            SELECT coalesce(max(most_common_elems::text), '{}')::text[] INTO common FROM pg_stats
            WHERE schemaname = current_schema() AND tablename = 'articles_postwords'
                AND attname = 'words';
            FOREACH stem IN ARRAY coalesce(stems, '{}') LOOP
                IF stem = ANY (common) OR EXISTS (
                    SELECT FROM articles_postwords e WHERE e.words @@ quote_literal(stem)::tsquery
                ) THEN
                    RETURN NEXT stem;
                END IF;
            END LOOP;
        END $$
    """,
}


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            for statement in FUNCTIONS.values():
                cursor.execute(statement)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            for name in reversed(FUNCTIONS):
                cursor.execute(f"DROP FUNCTION {name}")


class Migration(migrations.Migration):
    dependencies = [("articles", "0081_lists_of_names_on_the_desk")]

    operations = [migrations.RunPython(add, remove)]
