"""One row for one name: topics, their other names and authors carry a key that all spellings share.

The columns of the slugs stay as they are: authors and sections may have words of any script there.
"""

from django.db import migrations, models


def key(model, **options):
    field = models.CharField(max_length=360, null=True, editable=False, **options)
    return migrations.AddField(model, "name_key", field)


def slug(model, length):
    field = models.SlugField("address", allow_unicode=True, max_length=length, unique=True)
    return migrations.AlterField(model, "slug", field)


class Migration(migrations.Migration):
    dependencies = [("articles", "0024_numbers_are_never_used_again")]

    operations = [
        key("topic", unique=True),
        key("topicalias", db_index=True),
        key("author", db_index=True),
        migrations.SeparateDatabaseAndState(
            state_operations=[slug("author", 120), slug("section", 60), slug("topic", 100)]
        ),
    ]
