"""Posts name the story that they translate; editions, the identity that translations share."""

import django.db.models.deletion
from django.db import migrations, models

FAMILY_HELP = "What a story and its translations share: the identity of the original."


class Migration(migrations.Migration):
    dependencies = [("articles", "0015_formats_of_photos")]

    operations = [
        migrations.AddField(
            model_name="post",
            name="translation_of",
            field=models.ForeignKey(
                blank=True,
                help_text="The story that this one tells in another language.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="translations",
                to="articles.post",
                verbose_name="translation of",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(("translation_of__isnull", True))
                | ~models.Q(("translation_of", models.F("id"))),
                name="post_not_its_own_translation",
                violation_error_message="A story cannot be a translation of itself.",
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="family",
            field=models.UUIDField(null=True, help_text=FAMILY_HELP),
        ),
    ]
