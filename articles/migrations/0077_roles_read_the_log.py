"""Let administrators read the log of who did what."""

from django.db import migrations

from articles.desk.roles import make_roles


class Migration(migrations.Migration):
    dependencies = [("articles", "0076_log_of_who_did_what")]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
