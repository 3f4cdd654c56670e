"""Authors that are pen names of others."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0064_roles_look_after_old_addresses")]

    operations = [
        migrations.AddField(
            model_name="author",
            name="pen_name_of",
            field=models.ForeignKey(
                blank=True,
                help_text="Bylines show this name and lead to that author, in whose list they stand.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pen_names",
                to="articles.author",
                verbose_name="pen name of",
            ),
        ),
        migrations.AlterField(
            model_name="namechange",
            name="action",
            field=models.CharField(
                choices=[
                    ("rename", "Renamed"),
                    ("merge", "Merged"),
                    ("pen_name", "Made a pen name"),
                ],
                max_length=8,
                verbose_name="what",
            ),
        ),
        migrations.AddConstraint(
            model_name="author",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("pen_name_of__isnull", True),
                    models.Q(("pen_name_of", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="author_is_no_pen_name_of_itself",
                violation_error_message="Nobody is a pen name of themselves.",
            ),
        ),
    ]
