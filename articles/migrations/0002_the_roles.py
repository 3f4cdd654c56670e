"""Make the roles: groups with their permissions."""

from django.db import migrations

from articles.desk.roles import make_roles


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0001_the_tables"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
