"""Keeping what a run did, beside what it brought: also of dry runs, and of those that failed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext_noop

from ..desk.audit_log.log import log_action
from ..desk.audit_log.verbs import Verb
from ..library.site_language import in_site_language
from .import_run import ImportProblem, ImportRun
from .one_run import is_free
from .options import Options
from .report import Report
from .scratch import Scratch

AT_ONCE = 1_000
CUT_OFF = gettext_noop(
    "It was cut off before its end. What it stored stays: start it again, and it goes on."
)


@contextmanager
def recorded(options: Options, by: User | None) -> Iterator[ImportRun]:
    """The row of a run that begins now; what ends the run early is written into it."""
    run = ImportRun.objects.create(
        source=options.source, dry_run=options.dry_run, by=by, options=options.as_data()
    )
    log_action(Verb.RUN, run, by=by)
    try:
        with in_site_language():
            yield run
    except BaseException as error:
        run.state, run.said = ImportRun.State.FAILED, str(error)[:1000] or type(error).__name__
        run.ended_at = timezone.now()
        run.save()
        raise


def is_cut_off(run: ImportRun) -> bool:
    """Whether a run was killed so hard that it could not say so."""
    return run.state == ImportRun.State.RUNNING and is_free()


def end_those_cut_off() -> None:
    """Say of earlier runs that they were cut off. Call it while holding the lock of imports."""
    ImportRun.objects.filter(state=ImportRun.State.RUNNING).update(
        state=ImportRun.State.FAILED, said=CUT_OFF
    )


def finish(run: ImportRun, report: Report, scratch: Scratch, followed: str) -> None:
    run.state, run.ended_at = ImportRun.State.DONE, timezone.now()
    run.files = [asdict(file) for file in report.files]
    run.map = clean(followed)
    run.counts = {
        "outcomes": report.outcomes,
        "imported_as": report.statuses,
        "left_out": report.left_out,
        "counts": report.counts,
    }
    run.save()
    rows = scratch.stream("SELECT code, id, title, said FROM problems ORDER BY place")
    problems = (
        ImportProblem(run=run, **{name: clean(text) for name, text in zip(NAMES, row, strict=True)})
        for row in rows
    )
    while some := list(islice(problems, AT_ONCE)):
        ImportProblem.objects.bulk_create(some)


NAMES = ("code", "reference", "title", "said")


def clean(text: str | None) -> str:
    """Text that every database can hold."""
    return (text or "").replace("\x00", " ").encode("utf-8", "replace").decode()
