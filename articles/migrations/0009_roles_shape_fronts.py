"""Let editors and administrators shape fronts."""

from django.db import migrations

from articles.desk.roles import make_roles


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_fronts_and_banners")]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
