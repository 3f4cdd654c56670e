from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0093_notes_on_passages"),
    ]

    operations = [
        migrations.AddField(
            model_name="importedstory",
            name="missing",
            field=models.JSONField(null=True),
        ),
    ]
