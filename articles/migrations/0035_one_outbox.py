from django.db import migrations, models


class Migration(migrations.Migration):
    """One outbox, in the table of purges.

    The release before this one may still write and read both tables while this one starts: the
    table of purges keeps its name and columns, and that of announcements stays until the next
    release drops it.
    """

    dependencies = [
        ("articles", "0034_approval_keeps_words_of_pictures"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel("Announcement"),
                migrations.DeleteModel("Purge"),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "destination",
                            models.CharField(
                                db_column="cache",
                                help_text="As NEWSROOM_PURGE names it, or “websub” for the hub.",
                                max_length=200,
                            ),
                        ),
                        ("keys", models.TextField(help_text="Separated by spaces.")),
                        ("due_at", models.DateTimeField()),
                    ],
                    options={
                        "db_table": "articles_purge",
                        "indexes": [
                            models.Index(fields=["destination", "due_at"], name="purge_due")
                        ],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name="delivery",
            name="tries",
            field=models.PositiveIntegerField(
                db_default=0, default=0, help_text="How many failed."
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="retry_at",
            field=models.DateTimeField(help_text="Not to be sent again before this.", null=True),
        ),
    ]
