"""Where topics, authors and sections were to be found before they were renamed."""

from django.db import migrations, models

KINDS = ("topic", "author", "section")


def named_by(kind):
    return models.ForeignKey(
        f"articles.{kind}",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="former_slugs",
    )


def once(kind):
    return models.UniqueConstraint(
        fields=["slug"],
        condition=models.Q((f"{kind}__isnull", False)),
        name=f"former_slug_of_one_{kind}",
    )


def only(kind):
    return models.Q(**{f"{other}__isnull": other != kind for other in KINDS})


class Migration(migrations.Migration):
    dependencies = [("articles", "0031_approval_is_of_a_version")]

    operations = [
        migrations.CreateModel(
            name="FormerSlug",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.SlugField("address", allow_unicode=True, db_index=False, max_length=120),
                ),
                *((kind, named_by(kind)) for kind in KINDS),
            ],
            options={
                "verbose_name": "former address",
                "verbose_name_plural": "former addresses",
                "constraints": [
                    *map(once, KINDS),
                    models.CheckConstraint(
                        name="former_slug_of_one_row",
                        condition=models.Q(*map(only, KINDS), _connector=models.Q.OR),
                    ),
                ],
            },
        ),
    ]
