"""Let editors and administrators plan stories for others."""

from django.db import migrations

from articles.desk.roles import make_roles


class Migration(migrations.Migration):
    dependencies = [("articles", "0045_plans")]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
