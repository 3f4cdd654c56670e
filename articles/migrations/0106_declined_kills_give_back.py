from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0105_sections_with_rights_stay"),
    ]

    operations = [
        migrations.AddField(
            model_name="killrequest",
            name="tombstone_before",
            field=models.JSONField(
                help_text="What stood at its addresses: {headline, words, replacement}, a uuid or None.",
                null=True,
            ),
        ),
    ]
