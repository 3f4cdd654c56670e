"""Make the roles: groups with their permissions."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

from articles.desk.roles import ACCOUNTS, ADMINISTRATOR, PERMISSIONS


def make_roles(apps, schema_editor):
    """Make each role with its permissions; permissions are made first, where none exist yet."""
    for label in ("articles", "auth"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    for role, codenames in PERMISSIONS.items():
        group, _ = group_model.objects.get_or_create(name=role)
        allowed = permission_model.objects.filter(
            content_type__app_label="articles", codename__in=codenames
        )
        group.permissions.set(allowed)
        if role == ADMINISTRATOR:
            group.permissions.add(
                *permission_model.objects.filter(
                    content_type__app_label="auth", codename__in=ACCOUNTS
                )
            )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0001_the_tables"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
