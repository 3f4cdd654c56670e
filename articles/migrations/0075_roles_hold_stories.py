"""Let roles hold stories and break embargoes, and make the role of a lawyer."""

from django.db import migrations

from articles.desk.roles import make_roles


def make_roles_and_let_approvers_hold(apps, schema_editor):
    """Whoever may approve stories may stop them too, in roles that a newsroom made itself."""
    make_roles(apps, schema_editor)
    permission = apps.get_model("auth", "Permission")
    of_app = permission.objects.filter(content_type__app_label="articles")
    approve, place_hold = (of_app.get(codename=name) for name in ("approve_post", "place_hold"))
    for group in apps.get_model("auth", "Group").objects.filter(permissions=approve):
        group.permissions.add(place_hold)


class Migration(migrations.Migration):
    dependencies = [("articles", "0074_embargo_hold_and_desk_rights")]

    operations = [
        migrations.RunPython(make_roles_and_let_approvers_hold, migrations.RunPython.noop)
    ]
