"""every_minute: do what is due."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from articles.publishing.machine.run import run_due

from ..minute.jobs import JOBS


class Command(BaseCommand):
    help = (
        "Does what is due, for cron or a timer to run every minute: tells caches and feed hubs of "
        "changes, checks links, and tidies up. Safe to run twice at once, on several machines, and "
        "to be killed: the next run goes on. The machine page says what it did."
    )

    def handle(self, *, verbosity, **options):
        try:
            failed = [ran.name for ran in run_due(JOBS) if self.has_failed(ran, verbosity)]
        except DatabaseError as error:
            raise CommandError(f"The database does not answer: {error}") from error
        if failed:
            raise CommandError(f"{len(failed)} failed: {', '.join(failed)}.")

    def has_failed(self, ran, verbosity):
        """Say what came of a task."""
        if ran.failure:
            self.stderr.write(f"{ran.name}: {ran.failure}")
        elif verbosity:
            self.stdout.write(f"{ran.name}: {ran.result}")
        return bool(ran.failure)
