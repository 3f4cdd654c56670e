"""reindex: write the search index anew."""

from django.core.management.base import BaseCommand, CommandError

from articles.publishing.editions.edition import Edition
from articles.publishing.invalidation.invalidate import invalidate
from articles.publishing.search.index import NOT_INDEXED, reindex

from ..progress import Progress


class Command(BaseCommand):
    help = (
        "Writes the search index anew from what was published. The site stays up, and search "
        "keeps answering. Safe to run twice, and to stop and go on."
    )

    def add_arguments(self, parser):
        parser.add_argument("--after", type=int, default=0, help="go on after this edition")
        parser.add_argument(
            "--missing",
            action="store_true",
            help="only editions that are not in the index, or in the form of an older release",
        )

    def handle(self, *, after, missing, verbosity, **options):
        wanted = Edition.objects.filter(pk__gt=after)
        if missing:
            wanted = wanted.filter(NOT_INDEXED)
        total = wanted.count()
        try:
            with Progress("Editions", self.stdout, quiet=verbosity < 1) as progress:
                for keys in progress.through(reindex(after=after, missing=missing), total):
                    after = keys[-1]
        except KeyboardInterrupt:
            raise CommandError(f"Stopped. To go on: manage.py reindex --after {after}") from None
        invalidate()
        self.stdout.write(f"{progress.done} of {total} editions are in the index.")
