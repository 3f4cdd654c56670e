from django.db import migrations, models

import articles.library.fields


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0038_packed_editions"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="checkpoint",
            options={"verbose_name": "revision", "verbose_name_plural": "revisions"},
        ),
        migrations.AddField(
            model_name="checkpoint",
            name="name",
            field=articles.library.fields.LineField(
                blank=True,
                db_default="",
                help_text="A revision with a name is kept for as long as the story.",
                max_length=80,
                verbose_name="name",
            ),
        ),
        migrations.AddField(
            model_name="checkpoint",
            name="reason",
            field=models.CharField(
                choices=[
                    ("saved", "Saved"),
                    ("step", "Kept with a step"),
                    ("restored", "Restored"),
                    ("autosave", "Saved while writing"),
                    ("replaced", "Kept before it was replaced"),
                ],
                db_default="replaced",
                default="replaced",
                max_length=8,
                verbose_name="why it is kept",
            ),
        ),
    ]
