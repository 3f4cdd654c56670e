"""Let administrators see how the machine is."""

from django.db import migrations

from articles.desk.roles import make_roles


class Migration(migrations.Migration):
    dependencies = [("articles", "0043_the_machine")]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
