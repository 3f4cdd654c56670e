"""Index what the desk's lists of a topic, an author and a beginner count, collect and sort."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0080_drafts_go_back_to_plans")]

    operations = [
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["id", "-saved_at"], name="post_saved_by_key"),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["created_by", "-saved_at", "-id"], name="post_begun_by"),
        ),
        migrations.AddIndex(
            model_name="postauthor",
            index=models.Index(fields=["author", "post"], name="post_by_author"),
        ),
        migrations.AddIndex(
            model_name="posttopic",
            index=models.Index(fields=["tag", "content_object"], name="post_by_topic"),
        ),
        # The new indexes begin with these columns.
        migrations.AlterField(
            model_name="postauthor",
            name="author",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="articles.author",
                verbose_name="author",
            ),
        ),
        migrations.AlterField(
            model_name="posttopic",
            name="tag",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="post_topics",
                to="articles.topic",
                verbose_name="topic",
            ),
        ),
    ]
