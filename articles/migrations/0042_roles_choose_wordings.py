"""Let everybody who writes settle two wordings of the same words."""

from django.db import migrations

from articles.desk.roles import make_roles


class Migration(migrations.Migration):
    dependencies = [("articles", "0041_one_document")]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
