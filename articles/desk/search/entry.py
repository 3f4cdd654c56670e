"""What the desk's index of words says of its rows: which posts have one, and in which form."""

from django.db import models

from ..post import Post

FORM = 1
"""The format of a line. Raise it when what is indexed changes: `reindex --missing` then rewrites
lines in an older format."""


class PostWords(models.Model):
    """A post's line in the desk's index of words. The words are in a column of this table on
    PostgreSQL, and in an FTS5 table on SQLite."""

    post = models.OneToOneField(
        Post, primary_key=True, on_delete=models.CASCADE, related_name="words"
    )
    form = models.PositiveSmallIntegerField(db_default=FORM)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.post_id}"


class PostToIndex(models.Model):
    """A post whose names or pictures changed elsewhere: its line is to be written anew."""

    post = models.OneToOneField(Post, primary_key=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.post_id}"
