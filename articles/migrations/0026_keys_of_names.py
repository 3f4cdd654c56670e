"""Give topics and authors the keys of their names, and topics without a fit address one.

Of two topics that differ by their spelling alone the first has the key; the other is merged into
it by people, who are told when they open it.
"""

from django.db import migrations

from articles.library.naming.names import name_key
from articles.library.naming.slugs import free_slug, is_slug


def fill(apps, schema_editor):
    for model in ("Topic", "TopicAlias", "Author"):
        rows = apps.get_model("articles", model).objects.using(schema_editor.connection.alias)
        give_keys(rows, once=model == "Topic")
        if model != "Author":
            mend_slugs(rows)


def give_keys(rows, *, once):
    seen = set()
    for pk, name in rows.order_by("pk").values_list("pk", "name").iterator():
        key = name_key(name)
        if key and not (once and key in seen):
            rows.filter(pk=pk).update(name_key=key)
        seen.add(key)


def mend_slugs(rows):
    for pk, name, slug in list(rows.values_list("pk", "name", "slug")):
        if not is_slug(slug) or len(slug) > 100:
            mended = free_slug(name, lambda each: rows.filter(slug=each).exists(), 100)
            rows.filter(pk=pk).update(slug=mended)


class Migration(migrations.Migration):
    dependencies = [("articles", "0025_names_have_keys")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
