"""Let administrators import archives, and read the reports."""

from django.db import migrations

from articles.desk.roles import make_roles


class Migration(migrations.Migration):
    dependencies = [("articles", "0069_import_runs")]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
