"""Rows of a fixture that are in the database already: what stays as it is there."""

from ..library.addressed import Addressed
from ..library.append_only import AppendOnly
from ..library.names import Named
from ..models import Address, Photo, Post
from .broken import Broken
from .fixture_checks import refuse_what_is_missing

# What the desk and the site know of a story that readers have seen; a file cannot undo it.
KEPT = {
    Post: (
        "uuid",
        "status",
        "version",
        "published_version",
        "removed_number",
        "published_at",
        "change_kind",
        "change_note",
        "created_by_id",
        "saved_by_id",
        "saved_at",
    ),
    Photo: ("token", "file", "width", "height", "formats", "series", "content_hash"),
}


class Stored:
    """Settles what is loaded with what is stored, and remembers what came.

    `reloaded` are the posts (primary keys) that readers have seen; `versions` says of new posts
    which version of theirs the file calls published.
    """

    def __init__(self):
        self.reloaded, self.versions = set(), {}

    def settle(self, made):
        """Whether a row is to be saved; fills it with what is kept. Raises Broken."""
        row = made.object
        if row._meta.app_label != "articles":
            return True
        stored = type(row)._base_manager.filter(pk=row.pk).first() if row.pk else None
        if stored is None:
            self.begin(made)
            return True
        if isinstance(row, AppendOnly | Address):
            refuse_another(made, stored)
            return False
        self.keep(made, stored)
        return True

    def begin(self, made):
        """Fill what a row has that comes into this database for the first time."""
        row = made.object
        for field in row._meta.concrete_fields:
            if getattr(field, "auto_now_add", False) and getattr(row, field.attname) is None:
                setattr(row, field.attname, field.pre_save(row, add=True))
        refuse_what_is_missing(made.where, row)
        if isinstance(row, Named):
            row.give_slug()
        if isinstance(row, Post):
            # Until its editions are there, if any come.
            self.versions[row.source, row.source_id] = row.published_version
            row.published_version = None

    def keep(self, made, stored):
        """A stored row keeps what the file does not name, and what is not a file's."""
        row, fields = made.object, made.node["fields"]
        refuse_another(made, stored, ("source", "source_id") if isinstance(row, Post) else ())
        for field in row._meta.concrete_fields:
            if field.name not in fields:
                setattr(row, field.attname, getattr(stored, field.attname))
        if isinstance(row, Post) and stored.editions.exists():
            row.slug = row.slug or stored.slug
            self.reloaded.add(row.pk)
        elif isinstance(row, Post):
            row.uuid, row.version, row.published_version = stored.uuid, stored.version, None
            return
        if isinstance(row, Addressed):
            row.settle_slug(stored)
        for name in KEPT.get(type(row), ()):
            setattr(row, name, getattr(stored, name))


def refuse_another(made, stored, names=None):
    """Raise Broken when the row of this number here is not the one that the file means.

    Told by these fields; by all that the file names, but the end of an interval, for a row that is
    never changed.
    """
    row = made.object
    if names is None:
        names = set(made.node["fields"]) - getattr(row, "may_change", set())
    for field in row._meta.concrete_fields:
        name = field.attname
        if field.name in names and getattr(row, name) != getattr(stored, name):
            raise Broken(
                made.where,
                field.name,
                f"number {row.pk} is another {row._meta.verbose_name} here. Load it into an empty "
                "newsroom, or a dump made with --natural-foreign --natural-primary",
            )
