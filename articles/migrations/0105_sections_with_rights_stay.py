import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0104_roles_films_and_sounds"),
    ]

    operations = [
        migrations.AlterField(
            model_name="deskright",
            name="section",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty: all sections that have no line here.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="articles.section",
                verbose_name="section",
            ),
        ),
    ]
