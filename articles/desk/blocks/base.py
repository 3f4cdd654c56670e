"""What every kind of block has in common."""

from content_editor.models import create_plugin_base

from ...library.natural_keys import by_natural_key
from ..post import Post


class Block(create_plugin_base(Post)):
    """A part of a story: at a place (`ordering`) in one of its regions."""

    kind = None
    """The name of this kind in documents and of its template."""

    objects = by_natural_key("parent__source", "parent__source_id", "region", "ordering")()

    class Meta:
        abstract = True
        ordering = ["ordering", "pk"]

    def __str__(self):
        return self.summary() or str(self._meta.verbose_name)

    def natural_key(self):
        return (*self.parent.natural_key(), self.region, self.ordering)

    natural_key.dependencies = ["articles.post"]

    @classmethod
    def with_related(cls):
        """The rows of this kind with all that `as_data` reads, in one query."""
        return cls.objects.all()

    def summary(self):
        """What the block holds, in a few words, for its head in the editor."""
        raise NotImplementedError

    def as_data(self):
        """The block's part of the document: plain JSON values, without its kind."""
        raise NotImplementedError

    @classmethod
    def fields_of(cls, data):
        """The fields of a block that gave this part of a document: `as_data` the other way.

        Raises ObjectDoesNotExist when what it names is gone.
        """
        return data

    def shortcomings(self, on=None):
        """What keeps a story with this block from being published on a day, as sentences."""
        return []
