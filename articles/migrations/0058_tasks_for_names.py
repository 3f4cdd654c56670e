"""Name the tasks that look after names of topics and authors."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0057_imported_stories"),
    ]

    operations = [
        migrations.AlterField(
            model_name="task",
            name="name",
            field=models.CharField(
                choices=[
                    ("deliver", "Tell caches and feed hubs of changes"),
                    ("links", "Check links in live stories"),
                    ("sign_ins", "Remove ended sessions and old sign-ins"),
                    ("forms", "Forget forms and pages that were closed"),
                    ("thin", "Thin out old revisions"),
                    ("log", "Shorten the log of tasks"),
                    ("names", "Index stories whose names changed"),
                    ("doubles", "Look for names that are nearly the same"),
                    ("render", "Render stored parts of story pages"),
                    ("reindex", "Complete the search index"),
                    ("stray_files", "Remove stray picture files"),
                ],
                max_length=20,
                primary_key=True,
                serialize=False,
            ),
        ),
        migrations.AlterField(
            model_name="taskrun",
            name="name",
            field=models.CharField(
                choices=[
                    ("deliver", "Tell caches and feed hubs of changes"),
                    ("links", "Check links in live stories"),
                    ("sign_ins", "Remove ended sessions and old sign-ins"),
                    ("forms", "Forget forms and pages that were closed"),
                    ("thin", "Thin out old revisions"),
                    ("log", "Shorten the log of tasks"),
                    ("names", "Index stories whose names changed"),
                    ("doubles", "Look for names that are nearly the same"),
                    ("render", "Render stored parts of story pages"),
                    ("reindex", "Complete the search index"),
                    ("stray_files", "Remove stray picture files"),
                ],
                max_length=20,
            ),
        ),
    ]
