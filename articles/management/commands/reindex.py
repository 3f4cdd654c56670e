"""reindex: write the search indexes anew, the site's and the desk's."""

from django.core.management.base import BaseCommand, CommandError

from articles.desk.post import Post
from articles.desk.search.index import NOT_INDEXED as NOT_ON_THE_DESK
from articles.desk.search.index import optimize, reindex_posts
from articles.publishing.editions.edition import Edition
from articles.publishing.invalidation.invalidate import invalidate
from articles.publishing.search.index import NOT_INDEXED, reindex

from ..progress import Progress


class Command(BaseCommand):
    help = (
        "Writes the search indexes anew: the site's from what was published, and the desk's from "
        "its stories. The site stays up, and search keeps answering. Safe to run twice, and to "
        "stop and go on."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--after", type=int, default=0, help="go on after this edition (with --desk, story)"
        )
        parser.add_argument(
            "--missing",
            action="store_true",
            help="only what is not in an index, or in the form of an older release",
        )
        parser.add_argument("--desk", action="store_true", help="only the index of the desk")

    def handle(self, *, after, missing, desk, verbosity, **options):
        self.quiet = verbosity < 1
        if not desk:
            editions = Edition.objects.filter(NOT_INDEXED) if missing else Edition.objects.all()
            batches = reindex(after=after, missing=missing)
            done = self.write("Editions", editions, batches, after, "")
            invalidate()
            self.stdout.write(f"{done} editions are in the index of the site.")
        stories = Post.objects.filter(NOT_ON_THE_DESK) if missing else Post.objects.all()
        after = after if desk else 0
        batches = reindex_posts(after=after, missing=missing)
        done = self.write("Stories", stories, batches, after, "--desk ")
        optimize()
        self.stdout.write(f"{done} stories are in the index of the desk.")

    def write(self, title, rows, batches, after, option):
        """Go through batches of keys and say how many there were, of how many rows."""
        total = rows.filter(pk__gt=after).count()
        try:
            with Progress(title, self.stdout, quiet=self.quiet) as progress:
                for keys in progress.through(batches, total):
                    after = keys[-1]
        except KeyboardInterrupt:
            raise CommandError(
                f"Stopped. To go on: manage.py reindex {option}--after {after}"
            ) from None
        return f"{progress.done} of {total}"
