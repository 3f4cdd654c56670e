"""Let editors and administrators pin stories to topics."""

from django.db import migrations

from articles.desk.roles import make_roles


class Migration(migrations.Migration):
    dependencies = [("articles", "0013_topic_pages_and_corrections")]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
