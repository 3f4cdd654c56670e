from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0106_declined_kills_give_back"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["made_at"], name="edition_by_making"),
        ),
    ]
