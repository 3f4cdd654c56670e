"""Let stories hold tables, and those who write stories write them."""

import django.db.models.deletion
from django.db import migrations, models

from articles.desk.roles import make_roles


class Migration(migrations.Migration):
    dependencies = [("articles", "0095_roles_open_sealed_words")]

    operations = [
        migrations.CreateModel(
            name="Table",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("region", models.CharField(max_length=255)),
                ("ordering", models.IntegerField(default=0)),
                (
                    "ids",
                    models.JSONField(
                        editable=False,
                        help_text="The ids of its nodes in the editor, in order.",
                        null=True,
                        serialize=False,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                (
                    "head",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "The first row"),
                            ("column", "The first column"),
                            ("both", "The first row and column"),
                            ("none", "None"),
                        ],
                        default="",
                        max_length=8,
                        verbose_name="headings",
                    ),
                ),
                ("cells", models.TextField(blank=True, verbose_name="cells")),
                (
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(app_label)s_%(class)s_set",
                        to="articles.post",
                    ),
                ),
            ],
            options={
                "verbose_name": "table",
                "verbose_name_plural": "tables",
                "ordering": ["ordering", "pk"],
                "abstract": False,
            },
        ),
        migrations.RunPython(make_roles, migrations.RunPython.noop),
    ]
