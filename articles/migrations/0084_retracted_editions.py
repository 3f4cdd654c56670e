"""Say of editions from before that they were retracted: a retraction, and all after it."""

from django.db import migrations
from django.db.models import Min


def mark(apps, schema_editor):
    editions = apps.get_model("articles", "Edition").objects
    retractions = editions.filter(kind="retraction").values("post").order_by("post")
    for post, number in retractions.annotate(first=Min("number")).values_list("post", "first"):
        editions.filter(post=post, number__gte=number).update(retracted=True)


class Migration(migrations.Migration):
    dependencies = [("articles", "0083_tombstones_and_seals")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
