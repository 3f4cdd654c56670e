"""Ask for the family from now on, and find editions by it."""

from django.db import migrations, models

FAMILY_HELP = "What a story and its translations share: the identity of the original."


class Migration(migrations.Migration):
    dependencies = [("articles", "0017_editions_have_their_family")]

    operations = [
        migrations.AlterField(
            model_name="edition",
            name="family",
            field=models.UUIDField(help_text=FAMILY_HELP),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                fields=["family", "live_until", "live_from"], name="edition_by_family"
            ),
        ),
    ]
