"""A whole import, for the command and for the admin alike."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, reset_queries, transaction
from django.utils import timezone

from ..desk.post import Post
from ..library.author import Author
from ..publishing.bulk_rows import analyze_tables
from .import_run import ImportRun
from .imported_story import ImportedStory
from .incoming import Incoming, Use
from .names import count_names, proposed_map, settle_names
from .old_addresses import note_name_addresses, note_picture_addresses
from .one_run import one_run
from .options import Options
from .pictures.find import Missing, PictureFinder
from .reading import Reading
from .recorded import end_those_cut_off, finish, recorded
from .report import Report, report_of
from .scratch import Scratch
from .slugs import allot_slugs
from .storing.batch import BATCH_SIZE, Batches

IN_ORDER = "ORDER BY number IS NULL, number, id"
MANY = 500


@dataclass
class Done:
    """A run that is over; `scratch` has every line of its report until the run is left."""

    report: Report
    scratch: Scratch
    proposed_map: str
    run: ImportRun


@contextmanager
def imported(
    options: Options,
    *,
    by: User | None = None,
    say: Callable[[str], None] = lambda line: None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[Done]:
    """Import the files of some options. Raises Unreadable, or Busy while another run goes on.

    A dry run does all of it in a transaction that is rolled back.
    """
    with one_run(), Scratch() as scratch:
        end_those_cut_off()
        with recorded(options, by) as run:
            reading = Reading(scratch, options)
            reading.read(say)
            with kept_unless(options.dry_run):
                plan = store_all(scratch, options, reading.hosts, progress)
            report = report_of(scratch, options, reading.files)
            finish(run, report, scratch, plan)
        yield Done(report, scratch, plan, run)


@contextmanager
def kept_unless(dry_run: bool) -> Iterator[None]:
    if not dry_run:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def store_all(
    scratch: Scratch,
    options: Options,
    hosts: set[str],
    progress: Callable[[int, int], None],
) -> str:
    """Store every chosen story; returns the map that was followed."""
    now = timezone.now()
    with transaction.atomic():
        count_names(scratch, chosen(scratch))
        settle_names(scratch, options)
        note_name_addresses(scratch, options)
    allot_slugs(scratch, options.source)
    pictures = PictureFinder(scratch, options)
    try:
        pictures.open()
        give_authors_pictures(scratch, pictures)
        batches = Batches(scratch, options, hosts, pictures)
        total, done = scratch.rows("SELECT count(*) FROM stories WHERE chosen")[0][0], 0
        for rows in in_batches(scratch):
            batches.work(rows, now=now)
            forget_queries()
            done += len(rows)
            progress(done, total)
    finally:
        pictures.close()
    with transaction.atomic():
        note_picture_addresses(scratch, options)
    if total >= MANY:
        analyze_tables()
    list_missing(scratch, options)
    return proposed_map(scratch)


def forget_queries() -> None:
    """While debugging, Django keeps thousands of statements with the words in them."""
    if settings.DEBUG and not connection.force_debug_cursor:
        reset_queries()


def give_authors_pictures(scratch: Scratch, pictures: PictureFinder) -> None:
    """The pictures that the old site had of those authors who are new here."""
    for pk, address in scratch.rows("SELECT pk, picture FROM new_authors ORDER BY pk"):
        try:
            photo = pictures.find(Use(address=address))
        except Missing as missing:
            scratch.problem("", "picture_missing", "", f"{address}: {missing}")
        else:
            Author.objects.filter(pk=pk).update(picture=photo)


def chosen(scratch: Scratch) -> Iterator[Incoming]:
    for (data,) in scratch.stream(f"SELECT data FROM stories WHERE chosen {IN_ORDER}"):  # noqa: S608
        yield Incoming.of_data(json.loads(data))


def in_batches(scratch: Scratch) -> Iterator[list[tuple[str, str, str]]]:
    """Rows of (id, data, slug), a batch at a time, in the order of ids."""
    keys = scratch.stream(f"SELECT id FROM stories WHERE chosen {IN_ORDER}")  # noqa: S608
    some: list[str] = []
    for (key,) in keys:
        some.append(key)
        if len(some) == BATCH_SIZE:
            yield rows_of(scratch, some)
            some = []
    if some:
        yield rows_of(scratch, some)


def rows_of(scratch: Scratch, keys: list[str]) -> list[tuple[str, str, str]]:
    rows = scratch.found(
        "SELECT id, data, coalesce(slug, wanted) FROM stories WHERE id IN ({})", keys
    )
    by_key = {row[0]: row for row in rows}
    return [by_key[key] for key in keys]


def list_missing(scratch: Scratch, options: Options) -> None:
    """Name what was imported before and is not in these files or in the bin there, and what was
    only promised."""
    rows = ImportedStory.objects.filter(source=options.source).order_by("pk")
    rows = rows.exclude(reference="")  # of killed stories, which nobody is told of
    waiting: list[tuple[str, str, bool]] = []
    columns = ("reference", "fingerprint", "post__headline", "post__status")
    for key, fingerprint, headline, status in rows.values_list(*columns).iterator():
        waiting.append((key, headline or "", status == Post.Status.PUBLISHED))
        if not fingerprint:
            scratch.problem(key, "promised", headline or "")
        if len(waiting) == MANY:
            note_missing(scratch, waiting)
            waiting = []
    note_missing(scratch, waiting)


def note_missing(scratch: Scratch, rows: list[tuple[str, str, bool]]) -> None:
    """Note rows of (id, headline, whether readers see it here)."""
    keys = [key for key, *_others in rows]
    stories = {key for (key,) in scratch.found("SELECT id FROM stories WHERE id IN ({})", keys)}
    found = scratch.found("SELECT id, why FROM items WHERE id IN ({})", keys)
    others = {key: why or "" for key, why in found if key not in stories}
    for key, headline, is_public in rows:
        if key in others:
            if is_public and others[key].startswith("status_"):
                scratch.problem(key, "no_longer_public", headline)
        elif key not in stories:
            scratch.problem(key, "missing_now", headline)
