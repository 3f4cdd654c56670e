"""Let those who look after authors give them other names."""

from django.db import migrations

from articles.desk.roles import make_roles


class Migration(migrations.Migration):
    dependencies = [("articles", "0065_pen_names")]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
