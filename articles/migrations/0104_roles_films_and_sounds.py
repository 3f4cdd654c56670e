"""Let the roles put films and sounds into the library and into stories."""

from django.db import migrations

from articles.desk.roles import make_roles


class Migration(migrations.Migration):
    dependencies = [("articles", "0103_recordings")]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
