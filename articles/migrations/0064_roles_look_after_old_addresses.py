"""Let administrators look after old addresses."""

from django.db import migrations

from articles.desk.roles import make_roles


class Migration(migrations.Migration):
    dependencies = [("articles", "0063_old_addresses")]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
