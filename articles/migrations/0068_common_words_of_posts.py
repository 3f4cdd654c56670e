"""Let the desk's search guess which words are common before it reads the index of words."""

from django.db import migrations

GUESS = """
    CREATE FUNCTION articles_post_words_few(asked tsquery, most integer)
    RETURNS TABLE (post_id bigint) LANGUAGE plpgsql VOLATILE AS $$
    DECLARE plan json;
    BEGIN
        EXECUTE format(
            'EXPLAIN (FORMAT JSON) SELECT FROM articles_postwords WHERE words @@ %L::tsquery',
            asked::text
        ) INTO plan;
        -- The planner knows how common the common words are.
        IF (plan -> 0 -> 'Plan' ->> 'Plan Rows')::float > 3 * most THEN
            RETURN QUERY SELECT NULL::bigint;
        ELSE
            RETURN QUERY SELECT f.post_id FROM articles_post_words_found(asked, most) f;
        END IF;
    END $$
"""


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(GUESS)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION articles_post_words_few")


class Migration(migrations.Migration):
    dependencies = [("articles", "0067_pictures_not_for_others")]

    operations = [migrations.RunPython(add, remove)]
