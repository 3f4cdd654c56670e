"""Let stories hold charts, and those who write stories write them."""

import django.db.models.deletion
from django.db import migrations, models

from articles.desk.roles import make_roles


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0101_embeds_have_pictures"),
    ]

    operations = [
        migrations.CreateModel(
            name="Chart",
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
                (
                    "shape",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Columns"),
                            ("bar", "Bars"),
                            ("line", "Lines"),
                            ("stacked", "Stacked columns"),
                        ],
                        default="",
                        max_length=8,
                        verbose_name="shape",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                (
                    "description",
                    models.TextField(
                        blank=True,
                        help_text="In a sentence, for those who do not see it.",
                        verbose_name="what it shows",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=80, verbose_name="unit")),
                (
                    "decimal",
                    models.CharField(
                        blank=True,
                        choices=[("", "1,234.5"), ("comma", "1.234,5")],
                        default="",
                        max_length=5,
                        verbose_name="decimal sign",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                ("note", models.TextField(blank=True, verbose_name="note")),
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
                "verbose_name": "chart",
                "verbose_name_plural": "charts",
                "ordering": ["ordering", "pk"],
                "abstract": False,
            },
        ),
        migrations.RunPython(make_roles, migrations.RunPython.noop),
    ]
