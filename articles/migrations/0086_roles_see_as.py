"""Let administrators see the desk as a colleague."""

from django.db import migrations

from articles.desk.roles import make_roles


class Migration(migrations.Migration):
    dependencies = [("articles", "0085_sessions_and_second_factors")]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
