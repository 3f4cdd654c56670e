"""Stories are planned before they are written, and colleagues leave notes at them."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0044_roles_see_the_machine"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="post",
            options={
                "ordering": ["-saved_at", "-pk"],
                "permissions": [
                    ("send_post_to_review", "Can send posts to review"),
                    ("approve_post", "Can approve posts and send them back"),
                    ("publish_post", "Can publish, schedule and withdraw posts"),
                    ("change_any_post", "Can change posts begun by others"),
                    ("plan_post", "Can plan stories for others and copy days"),
                ],
                "verbose_name": "post",
                "verbose_name_plural": "posts",
            },
        ),
        migrations.AddField(
            model_name="post",
            name="slug_line",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="What the desk calls the story until it has a headline: “Harbour strike”.",
                max_length=80,
                verbose_name="slug line",
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="status",
            field=models.CharField(
                choices=[
                    ("planned", "Planned"),
                    ("draft", "Draft"),
                    ("in_review", "In review"),
                    ("ready", "Ready"),
                    ("published", "Published"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="draft",
                editable=False,
                max_length=12,
                verbose_name="status",
            ),
        ),
        migrations.AlterField(
            model_name="transition",
            name="action",
            field=models.CharField(
                choices=[
                    ("begin", "Begun"),
                    ("send_to_review", "Sent to review"),
                    ("send_back", "Sent back"),
                    ("approve", "Approved"),
                    ("publish", "Published"),
                    ("schedule", "Scheduled"),
                    ("cancel", "Schedule cancelled"),
                    ("withdraw", "Withdrawn"),
                    ("put_back", "Put back"),
                    ("hold", "Held back"),
                ],
                max_length=16,
                verbose_name="what",
            ),
        ),
        migrations.AlterField(
            model_name="transition",
            name="from_status",
            field=models.CharField(
                choices=[
                    ("planned", "Planned"),
                    ("draft", "Draft"),
                    ("in_review", "In review"),
                    ("ready", "Ready"),
                    ("published", "Published"),
                    ("withdrawn", "Withdrawn"),
                ],
                max_length=12,
                verbose_name="from",
            ),
        ),
        migrations.AlterField(
            model_name="transition",
            name="to_status",
            field=models.CharField(
                choices=[
                    ("planned", "Planned"),
                    ("draft", "Draft"),
                    ("in_review", "In review"),
                    ("ready", "Ready"),
                    ("published", "Published"),
                    ("withdrawn", "Withdrawn"),
                ],
                max_length=12,
                verbose_name="to",
            ),
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("about", models.TextField(blank=True, verbose_name="what it is about")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due")),
                (
                    "length",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20000),
                        ],
                        verbose_name="length in words",
                    ),
                ),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who writes it",
                    ),
                ),
                (
                    "copied_from",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="The first plan of a series that was made by copying days.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="copies",
                        to="articles.plan",
                        verbose_name="copied from",
                    ),
                ),
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan",
                        to="articles.post",
                        verbose_name="story",
                    ),
                ),
            ],
            options={
                "verbose_name": "plan",
                "verbose_name_plural": "plans",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PlanNeed",
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
                            ("picture", "Picture"),
                            ("legal_read", "Legal read"),
                            ("graphic", "Graphic"),
                        ],
                        max_length=12,
                        verbose_name="what",
                    ),
                ),
                ("met", models.BooleanField(default=False, verbose_name="there")),
                (
                    "reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why it is missing"),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="needs",
                        to="articles.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "need of a plan",
                "verbose_name_plural": "needs of plans",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="note")),
                (
                    "at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="when"),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="from",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="done by",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="articles.post",
                        verbose_name="story",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Empty: to everybody who opens the story.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="to",
                    ),
                ),
            ],
            options={
                "verbose_name": "note",
                "verbose_name_plural": "notes",
                "ordering": ["-at", "-pk"],
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["to", "-at", "-id"],
                        name="note_open_to",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="plan",
            index=models.Index(fields=["due_at", "id"], name="plan_by_due"),
        ),
        migrations.AddIndex(
            model_name="plan",
            index=models.Index(fields=["assigned_to", "due_at"], name="plan_of_somebody"),
        ),
        migrations.AddConstraint(
            model_name="planneed",
            constraint=models.UniqueConstraint(
                fields=("plan", "kind"),
                name="plan_need_once",
                violation_error_message="The plan names this need already.",
            ),
        ),
    ]
