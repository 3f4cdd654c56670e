"""Let those who look after authors give them pen names."""

from django.db import migrations

from articles.desk.roles import make_roles


class Migration(migrations.Migration):
    dependencies = [("articles", "0054_names_in_order")]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
