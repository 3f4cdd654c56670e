"""Let editors kill stories, and administrators open what is sealed."""

from django.db import migrations

from articles.desk.roles import make_roles


class Migration(migrations.Migration):
    dependencies = [("articles", "0072_killed_stories")]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
