"""loaddata: Django's own, and then the site works."""

import os

from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.db import DEFAULT_DB_ALIAS, DatabaseError, IntegrityError

from ...desk.workflow import Refusal
from ...models import Photo, Post
from ...publishing.backfill import count_reloaded, publish_loaded
from ...publishing.holding import hold_what_is_refused
from ...publishing.site_version import count_change
from ..fixture import READS, Broken, Reader, nodes_of
from ..pictures import Pictures
from ..progress import Progress

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


class Command(loaddata.Command):
    help = (
        "Loads fixtures: their rows, the pictures that lie beside them, and the editions of every "
        "post that says it is published and has none. All of it, or nothing."
    )

    def handle(self, *labels, **options):
        self.pictures, self.reloaded, self.readers = Pictures(), set(), []
        try:
            super().handle(*labels, **options)
        except (Broken, Refusal) as error:
            self.pictures.undo()
            raise CommandError(str(error)) from error
        except (IntegrityError, DatabaseError) as error:
            self.pictures.undo()
            raise CommandError(str(error).strip()) from error
        except BaseException:
            self.pictures.undo()
            raise

    def loaddata(self, labels):
        super().loaddata(labels)
        if self.using != DEFAULT_DB_ALIAS:
            return
        quiet = self.verbosity < 1
        with Progress("Pictures", self.stdout, quiet=quiet) as progress:
            self.pictures.take_in(progress)
        with Progress("Stories put on the site", self.stdout, quiet=quiet) as progress:
            published = publish_loaded(progress=progress)
        if self.loaded_object_count and not published:
            # Names and pictures may stand on pages too.
            count_change()
        count_reloaded(self.reloaded)
        for held in hold_what_is_refused(by=None):
            self.stderr.write(str(held))

    def load_label(self, label):
        """Read the files of a label. Rows that wait for others are made when all files are read."""
        files = self.find_fixtures(label)
        kinds = [self.parse_name(os.path.basename(path))[1] for path, _folder, _name in files]
        if not READS.issuperset(kinds):
            super().load_label(label)
            return
        for (path, _folder, name), kind in zip(files, kinds, strict=True):
            opener, mode = self.compression_formats[self.parse_name(os.path.basename(path))[2]]
            with opener(path, mode) as stream:
                nodes = nodes_of(stream, kind, os.path.basename(name))
            self.fixture_count += 1
            reader = Reader(nodes, file_name=path, using=self.using, ignorenonexistent=self.ignore)
            self.save_all(reader, reader, os.path.dirname(path))
            self.objs_with_deferred_fields.append(Rest(self, reader, os.path.dirname(path)))

    def save_all(self, objects, reader, folder):
        for made in objects:
            self.fixture_object_count += 1
            keep_what_is_stored(made, self.reloaded)
            try:
                self.loaded_object_count += self.save_obj(made)
            except (IntegrityError, DatabaseError, ValueError) as error:
                cause = str(error.__cause__ or error).strip()
                raise Broken(made.where, "", f"the database refuses it: {cause}") from error
            if isinstance(made.object, Photo) and self.using == DEFAULT_DB_ALIAS:
                self.pictures.expect(made, folder)


class Rest:
    """The rows of a file that wait for rows of other files, in Django's own place for them."""

    def __init__(self, command, reader, folder):
        self.command, self.reader, self.folder = command, reader, folder

    def save_deferred_fields(self, using):
        self.command.save_all(self.reader.rest(), self.reader, self.folder)


def keep_what_is_stored(made, reloaded):
    """A row that is there already keeps what the file does not name, and what is not a file's."""
    row, fields = made.object, made.node["fields"]
    if row._meta.app_label != "articles":
        return
    stored = type(row)._base_manager.filter(pk=row.pk).first() if row.pk else None
    if stored is None:
        begin(row)
        return
    for field in row._meta.concrete_fields:
        if field.name not in fields:
            setattr(row, field.attname, getattr(stored, field.attname))
    if isinstance(row, Post) and stored.editions.exists():
        row.slug = row.slug or stored.slug
        reloaded.add(row.pk)
    elif isinstance(row, Post):
        row.uuid, row.version, row.published_version = stored.uuid, stored.version, None
        return
    for name in KEPT.get(type(row), ()):
        setattr(row, name, getattr(stored, name))


def begin(row):
    """What a row has that comes into this database for the first time."""
    if isinstance(row, Post):
        row.published_version = None
    for field in row._meta.concrete_fields:
        if getattr(field, "auto_now_add", False) and getattr(row, field.attname) is None:
            setattr(row, field.attname, field.pre_save(row, add=True))
