"""loaddata: Django's own, and then the site works."""

import os
from itertools import chain
from xml.sax import SAXException

from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.core.serializers.base import DeserializationError
from django.core.serializers.xml_serializer import DTDForbidden
from django.db import DEFAULT_DB_ALIAS, DatabaseError, IntegrityError
from django.utils import timezone

from ...desk.workflow import Refusal
from ...models import (
    Edition,
    KeyCount,
    Photo,
    Placement,
    SearchEntry,
    SearchWord,
    SiteCount,
    TopicListing,
)
from ...publishing.invalidation.affected_keys import moments_of
from ...publishing.invalidation.site_stamp import invalidate
from ...publishing.steps.bulk import bulk_publish, bump_changed_versions
from ...publishing.steps.holding import hold_what_is_refused
from ...publishing.steps.loaded import count_past, settle_editions, settle_posts
from ..fixtures.broken import Broken
from ..fixtures.fixture import Reader
from ..fixtures.fixture_checks import check, reason_of, refuse_second_names
from ..fixtures.fixture_file import READS, nodes_of, text_of
from ..fixtures.own_rows import renumber
from ..fixtures.pictures import Pictures
from ..fixtures.stored import Stored
from ..progress import Progress

# What is made anew from the rest, and the counts that caches compare.
DERIVED = {model._meta.label_lower for model in (SearchEntry, SearchWord, SiteCount, KeyCount)}
MOST_CHANGES = 10**15
"""No site counts more, and a file that says so shall not make the count overflow."""


class Command(loaddata.Command):
    help = (
        "Loads fixtures: their rows, the pictures that lie beside them, and the editions of every "
        "post that says it is published and has none. All of it, or nothing."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--renditions-later",
            action="store_true",
            help="Store the pictures as they are; make_renditions makes what pages show.",
        )

    def handle(self, *labels, renditions_later=False, **options):
        self.pictures, self.stored = Pictures(later=renditions_later), Stored()
        self.editions, self.highest = set(), None
        try:
            super().handle(*labels, **options)
        except (Broken, Refusal) as error:
            self.pictures.undo()
            raise CommandError(str(error)) from error
        except (DatabaseError, DeserializationError, DTDForbidden, SAXException) as error:
            self.pictures.undo()
            raise CommandError(str(error).strip()) from error
        except BaseException:
            self.pictures.undo()
            raise

    def loaddata(self, labels):
        super().loaddata(labels)
        if self.using != DEFAULT_DB_ALIAS:
            return
        # Only now: until the last row is there, two may have changed names.
        for made in self.stored.named:
            refuse_second_names(made)
        quiet = self.verbosity < 1
        with Progress("Pictures", self.stdout, quiet=quiet) as progress:
            self.pictures.take_in(progress)
        if self.editions:
            settle_editions(self.editions, lists=TopicListing not in self.models)
            settle_posts(self.stored.versions)
        with Progress("Stories put on the site", self.stdout, quiet=quiet) as progress:
            published = bulk_publish(progress=progress)
        if self.highest is not None:
            count_past(self.highest)
        if self.editions or (self.loaded_object_count and not published):
            # Names and pictures may stand on pages too.
            now = timezone.now()
            rows = (Edition.objects.filter(pk__in=self.editions), Placement.objects.all())
            invalidate(moments=chain(*(moments_of(each, now=now) for each in rows)))
        bump_changed_versions(self.stored.reloaded)
        for held in hold_what_is_refused(by=None):
            self.stderr.write(str(held))

    def load_label(self, label):
        """Read the files of a label. Rows that wait for others are made when all files are read."""
        files = self.find_fixtures(label)
        kinds = [self.parse_name(os.path.basename(path))[1] for path, _folder, _name in files]
        if not READS.issuperset(kinds):
            super().load_label(label)
            return
        for (path, folder, name), kind in zip(files, kinds, strict=True):
            opener, mode = self.compression_formats[self.parse_name(os.path.basename(path))[2]]
            said = os.path.basename(name)
            nodes = nodes_of(text_of(opener, path, mode, said), kind, said)
            self.fixture_count += 1
            self.read(nodes, path, os.path.dirname(path) if folder else "")

    def read(self, nodes, path, folder):
        """Save the rows of one file, as far as what they name is there."""
        nodes = [node for node in nodes if not self.is_derived(node)]
        renumber(nodes, self.using)
        reader = Reader(
            nodes, file_name=path, check=check, using=self.using, ignorenonexistent=self.ignore
        )
        self.save_all(reader, reader, folder)
        self.objs_with_deferred_fields.append(Rest(self, reader, folder))

    def is_derived(self, node):
        if not isinstance(node, dict) or str(node.get("model")) not in DERIVED:
            return False
        count = node["fields"].get("count") if isinstance(node.get("fields"), dict) else None
        if node["model"] == SiteCount._meta.label_lower and isinstance(count, int):
            self.highest = max(self.highest or 0, min(count, MOST_CHANGES))
        return True

    def save_all(self, objects, reader, folder):
        for made in objects:
            self.fixture_object_count += 1
            try:
                saved = self.stored.settle(made) and self.save_obj(made)
            except (IntegrityError, DatabaseError, ValueError, OverflowError) as error:
                raise Broken(made.where, "", reason_of(error, type(made.object))) from error
            self.loaded_object_count += bool(saved)
            if isinstance(made.object, Edition) and saved:
                self.editions.add(made.object.pk)
            if isinstance(made.object, Photo) and self.using == DEFAULT_DB_ALIAS:
                self.pictures.expect(made, folder)


class Rest:
    """The rows of a file that wait for rows of other files, in Django's own place for them."""

    def __init__(self, command, reader, folder):
        self.command, self.reader, self.folder = command, reader, folder

    def save_deferred_fields(self, using):
        self.command.save_all(self.reader.rest(), self.reader, self.folder)
