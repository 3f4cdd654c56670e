"""Remember in which form each line of the search index was written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0027_what_is_held_back")]

    operations = [
        migrations.AddField(
            model_name="searchentry",
            name="form",
            field=models.PositiveSmallIntegerField(null=True),
        ),
    ]
