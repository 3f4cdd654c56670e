"""Until now no story was a translation, so the family of each is its own identity."""

from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    editions = apps.get_model("articles", "Edition").objects.using(schema_editor.connection.alias)
    editions.update(family=F("uuid"))


class Migration(migrations.Migration):
    dependencies = [("articles", "0016_translations")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
