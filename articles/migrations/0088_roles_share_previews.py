"""Let whoever writes stories share previews of them."""

from django.db import migrations

from articles.desk.roles import make_roles


def make_roles_and_let_writers_share(apps, schema_editor):
    """Also in roles that a newsroom made itself."""
    make_roles(apps, schema_editor)
    permission = apps.get_model("auth", "Permission")
    of_app = permission.objects.filter(content_type__app_label="articles")
    change, share = (of_app.get(codename=name) for name in ("change_post", "share_preview"))
    for group in apps.get_model("auth", "Group").objects.filter(permissions=change):
        group.permissions.add(share)


class Migration(migrations.Migration):
    dependencies = [("articles", "0087_preview_links")]

    operations = [migrations.RunPython(make_roles_and_let_writers_share, migrations.RunPython.noop)]
