"""Broader topics, pen names, near doubles, and the log of renames and merges."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0053_words_and_uses_of_pictures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="topic",
            name="broader",
            field=models.ForeignKey(
                blank=True,
                help_text="What this topic is a part of, as Aleppo is of Syria.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="narrower",
                to="articles.topic",
                verbose_name="broader topic",
            ),
        ),
        migrations.CreateModel(
            name="NameChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("topic", "Topic"), ("author", "Author")],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[("rename", "Renamed"), ("merge", "Merged")],
                        max_length=8,
                        verbose_name="what",
                    ),
                ),
                ("row", models.BigIntegerField()),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("slug", models.CharField(max_length=120, verbose_name="address")),
                ("into", models.BigIntegerField()),
                ("new_name", models.CharField(max_length=120, verbose_name="new name")),
                ("new_slug", models.CharField(max_length=120, verbose_name="new address")),
                ("stories", models.PositiveIntegerField(default=0, verbose_name="stories")),
                ("before", models.JSONField(default=dict)),
                ("at", models.DateTimeField(verbose_name="when")),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a name",
                "verbose_name_plural": "changes of names",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="MergedLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.CharField(max_length=8)),
                ("holder", models.BigIntegerField()),
                ("beside", models.BooleanField(default=False)),
                ("lost", models.JSONField(null=True)),
                (
                    "change",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="articles.namechange",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NearDouble",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=8)),
                ("one", models.BigIntegerField()),
                ("other", models.BigIntegerField()),
                (
                    "place",
                    models.PositiveIntegerField(default=0, help_text="The likeliest come first."),
                ),
                ("is_two_things", models.BooleanField(default=False)),
                (
                    "said_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AuthorAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "slug",
                    models.SlugField(
                        allow_unicode=True, max_length=120, unique=True, verbose_name="address"
                    ),
                ),
                (
                    "name_key",
                    models.CharField(db_index=True, editable=False, max_length=360, null=True),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="articles.author",
                        verbose_name="author",
                    ),
                ),
            ],
            options={
                "verbose_name": "other name",
                "verbose_name_plural": "other names",
                "ordering": ["name", "slug"],
            },
        ),
        migrations.AddIndex(
            model_name="namechange",
            index=models.Index(fields=["kind", "-at", "-id"], name="name_change_newest"),
        ),
        migrations.AddIndex(
            model_name="namechange",
            index=models.Index(fields=["kind", "into"], name="name_change_into"),
        ),
        migrations.AddIndex(
            model_name="namechange",
            index=models.Index(fields=["kind", "row"], name="name_change_row"),
        ),
        migrations.AddConstraint(
            model_name="mergedline",
            constraint=models.UniqueConstraint(
                fields=("change", "place", "holder"), name="merged_line_once"
            ),
        ),
        migrations.AddIndex(
            model_name="neardouble",
            index=models.Index(
                fields=["kind", "is_two_things", "place", "id"], name="near_double_next"
            ),
        ),
        migrations.AddConstraint(
            model_name="neardouble",
            constraint=models.UniqueConstraint(
                fields=("kind", "one", "other"), name="near_double_once"
            ),
        ),
    ]
