"""loaddata: Django's own, which also stores pictures and publishes stories."""

import os
from collections import deque
from itertools import chain
from types import SimpleNamespace
from xml.sax import SAXException

from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.core.serializers.base import DeserializationError
from django.core.serializers.xml_serializer import DTDForbidden
from django.db import DEFAULT_DB_ALIAS, DatabaseError
from django.utils import timezone

from ...desk.search.index import index_posts, reindex_posts
from ...desk.workflow import Refusal
from ...models import (
    Edition,
    KeyCount,
    MergedLine,
    NameChange,
    NearDouble,
    Photo,
    PictureUse,
    Placement,
    PostToIndex,
    PostWords,
    Recording,
    RecordingUse,
    SearchEntry,
    SearchWord,
    SiteCount,
    StoryParts,
    TopicListing,
)
from ...publishing.bulk.bulk_publish import bulk_publish, bump_changed_versions
from ...publishing.bulk.dumped_editions import (
    advance_site_count,
    complete_editions,
    set_published_versions,
)
from ...publishing.invalidation.affected_keys import moments_of
from ...publishing.invalidation.invalidate import invalidate
from ...publishing.steps.hold_back import hold_back_refused
from ..fixtures.builtin_rows import remap_keys
from ..fixtures.checks import check_row, constraint_message, refuse_taken_name
from ..fixtures.errors import FixtureError
from ..fixtures.existing_rows import ExistingRows
from ..fixtures.parsing import PARSED_FORMATS, parse_nodes, read_text
from ..fixtures.pictures import Pictures
from ..fixtures.reader import FixtureReader
from ..fixtures.recordings import Recordings
from ..progress import Progress

# Derived from other rows, or counters and primary keys of this database alone: never read from a
# file.
DERIVED = (
    *(SearchEntry, SearchWord, SiteCount, KeyCount),
    *(StoryParts, PictureUse, RecordingUse, PostWords, PostToIndex),
    *(NameChange, MergedLine, NearDouble),
)
DERIVED_MODELS = {model._meta.label_lower for model in DERIVED}
MAX_SITE_COUNT = 10**15
"""More than any site counts; a bound, so that a hostile file overflows nothing."""

REFUSALS = (
    FixtureError,
    Refusal,
    DatabaseError,
    DeserializationError,
    DTDForbidden,
    SAXException,
)


class Command(loaddata.Command):
    help = (
        "Loads fixtures: their rows, the pictures, films and sounds that lie beside them, and the "
        "editions of every post that says it is published and has none. All of it, or nothing."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--renditions-later",
            action="store_true",
            help=(
                "Store the pictures as they are; make_renditions makes what pages show. Only for "
                "fixtures that you trust: the pictures are not examined, and their headers are "
                "read in this process."
            ),
        )

    def handle(self, *labels, renditions_later=False, **options):
        self.pictures, self.existing = Pictures(later=renditions_later), ExistingRows()
        self.recordings = Recordings()
        self.editions, self.highest = set(), None
        try:
            super().handle(*labels, **options)
        except BaseException as error:
            self.pictures.remove_stored()
            self.recordings.remove_stored()
            if isinstance(error, REFUSALS):
                raise CommandError(str(error).strip()) from error
            raise

    def loaddata(self, labels):
        super().loaddata(labels)
        if self.using != DEFAULT_DB_ALIAS:
            return
        # Only now, because two rows may have swapped names.
        for loaded in self.existing.renamed:
            refuse_taken_name(loaded)
        quiet = self.verbosity < 1
        with Progress("Pictures", self.stdout, quiet=quiet) as progress:
            self.pictures.store_all(progress)
        self.recordings.store_all()
        if self.editions:
            complete_editions(self.editions, lists=TopicListing not in self.models)
            set_published_versions(self.existing.versions)
        with Progress("Stories put on the site", self.stdout, quiet=quiet) as progress:
            published = bulk_publish(progress=progress)
        if self.highest is not None:
            advance_site_count(self.highest)
        if self.editions or (self.loaded_object_count and not published):
            # Pages may show the names and pictures.
            now = timezone.now()
            rows = (Edition.objects.filter(pk__in=self.editions), Placement.objects.all())
            invalidate(moments=chain(*(moments_of(each, now=now) for each in rows)))
        bump_changed_versions(self.existing.reloaded)
        index_posts(self.existing.reloaded)
        deque(reindex_posts(missing=True), maxlen=0)
        for held in hold_back_refused(by=None):
            self.stderr.write(str(held))

    def load_label(self, label):
        """Read the files of a label. Rows that wait for others are made when all files are read."""
        files = self.find_fixtures(label)
        formats = [self.parse_name(os.path.basename(path))[1] for path, _folder, _name in files]
        if not PARSED_FORMATS.issuperset(formats):
            super().load_label(label)
            return
        for (path, folder, name), format_name in zip(files, formats, strict=True):
            opener, mode = self.compression_formats[self.parse_name(os.path.basename(path))[2]]
            name = os.path.basename(name)
            nodes = parse_nodes(read_text(opener, path, mode, name), format_name, name)
            self.fixture_count += 1
            self.read(nodes, path, os.path.dirname(path) if folder else "")

    def read(self, nodes, path, folder):
        """Save the rows of one file, as far as the rows that they name exist."""
        nodes = [node for node in nodes if not self.is_derived(node)]
        remap_keys(nodes, self.using)
        reader = FixtureReader(
            nodes, file_name=path, check=check_row, using=self.using, ignorenonexistent=self.ignore
        )
        self.save_all(reader, folder)
        # Django calls this when all files are read.
        remaining = SimpleNamespace(
            save_deferred_fields=lambda using: self.save_all(reader.remaining(), folder)
        )
        self.objs_with_deferred_fields.append(remaining)

    def is_derived(self, node):
        if not isinstance(node, dict) or str(node.get("model")) not in DERIVED_MODELS:
            return False
        count = node["fields"].get("count") if isinstance(node.get("fields"), dict) else None
        if node["model"] == SiteCount._meta.label_lower and isinstance(count, int):
            self.highest = max(self.highest or 0, min(count, MAX_SITE_COUNT))
        return True

    def save_all(self, objects, folder):
        for loaded in objects:
            self.fixture_object_count += 1
            try:
                saved = self.existing.merge(loaded) and self.save_obj(loaded)
            except (DatabaseError, ValueError, OverflowError) as error:
                raise FixtureError(
                    loaded.where, "", constraint_message(error, type(loaded.object))
                ) from error
            self.loaded_object_count += bool(saved)
            if isinstance(loaded.object, Edition) and saved:
                self.editions.add(loaded.object.pk)
            if isinstance(loaded.object, Photo) and self.using == DEFAULT_DB_ALIAS:
                self.pictures.enqueue(loaded, folder)
            if isinstance(loaded.object, Recording) and self.using == DEFAULT_DB_ALIAS:
                self.recordings.enqueue(loaded, folder)
