"""Remember in which form each line of the search index was written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0023_series_of_photos")]

    operations = [
        migrations.AddField(
            model_name="searchentry",
            name="form",
            field=models.PositiveSmallIntegerField(null=True),
        ),
    ]
