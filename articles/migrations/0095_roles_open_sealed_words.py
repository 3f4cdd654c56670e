"""Let lawyers open the sealed words of killed stories."""

from django.db import migrations

from articles.desk.roles import make_roles


class Migration(migrations.Migration):
    dependencies = [("articles", "0094_missing_pictures")]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
