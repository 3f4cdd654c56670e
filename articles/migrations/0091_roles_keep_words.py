"""Let editors keep the words of the house, and administrators set its rules.

The row of the rules is made here, with a stamp: while there is none, the words are read each time.
"""

import secrets

from django.db import migrations

from articles.desk.roles import make_roles


def make_style(apps, schema_editor):
    apps.get_model("articles", "HouseStyle").objects.get_or_create(
        key="house", defaults={"stamp": secrets.token_hex(8)}
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0090_house_style")]

    operations = [
        migrations.RunPython(make_roles, migrations.RunPython.noop),
        migrations.RunPython(make_style, migrations.RunPython.noop),
    ]
