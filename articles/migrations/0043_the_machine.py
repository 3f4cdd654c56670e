import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0042_roles_choose_wordings"),
    ]

    operations = [
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "name",
                    models.CharField(
                        choices=[
                            ("deliver", "Tell caches and feed hubs of changes"),
                            ("links", "Check links in live stories"),
                            ("render", "Render stored parts of story pages"),
                            ("reindex", "Complete the search index"),
                            ("sign_ins", "Remove ended sessions and old sign-ins"),
                            ("forms", "Forget forms and pages that were closed"),
                            ("thin", "Thin out old revisions"),
                            ("log", "Shorten the log of tasks"),
                            ("stray_files", "Remove stray picture files"),
                        ],
                        max_length=20,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("held_until", models.DateTimeField(null=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("result", models.CharField(blank=True, max_length=300)),
                ("failure", models.CharField(blank=True, max_length=500)),
                ("failing_since", models.DateTimeField(null=True)),
                ("place", models.TextField(blank=True, help_text="Where the next run goes on.")),
            ],
            options={
                "permissions": [("view_machine", "Can see how the machine is")],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TaskRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        choices=[
                            ("deliver", "Tell caches and feed hubs of changes"),
                            ("links", "Check links in live stories"),
                            ("render", "Render stored parts of story pages"),
                            ("reindex", "Complete the search index"),
                            ("sign_ins", "Remove ended sessions and old sign-ins"),
                            ("forms", "Forget forms and pages that were closed"),
                            ("thin", "Thin out old revisions"),
                            ("log", "Shorten the log of tasks"),
                            ("stray_files", "Remove stray picture files"),
                        ],
                        max_length=20,
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                ("result", models.CharField(blank=True, max_length=300)),
                ("failure", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["-ended_at", "-id"], name="task_run_newest")],
            },
        ),
        migrations.CreateModel(
            name="LinkProblem",
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
                        choices=[
                            ("withdrawn", "leads to a withdrawn story"),
                            ("missing", "leads to no page"),
                        ],
                        max_length=10,
                        verbose_name="what is wrong",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=500, verbose_name="address")),
                ("found_at", models.DateTimeField(verbose_name="found")),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="link_problems",
                        to="articles.post",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.post",
                    ),
                ),
            ],
            options={
                "verbose_name": "dead link",
                "verbose_name_plural": "dead links",
                "default_permissions": (),
                "indexes": [models.Index(fields=["-found_at", "-id"], name="link_problem_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("address", ""), _negated=True),
                        fields=("post", "address"),
                        name="link_problem_address",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("address", "")),
                        fields=("post", "target"),
                        name="link_problem_target",
                    ),
                ],
            },
        ),
    ]
