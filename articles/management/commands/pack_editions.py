"""pack_editions: store the words of editions in less than half the space."""

from django.core.management.base import BaseCommand

from articles.publishing.bulk_rows import update
from articles.publishing.editions.edition import Edition
from articles.publishing.key_batches import key_batches

from ..progress import Progress

BATCH = 500


class Command(BaseCommand):
    help = (
        "Packs the words of editions, which then take less than half the space. The release before "
        "this one cannot read packed editions: run it when you will not go back, or run it with "
        "--undo before you do. The site stays up; safe to stop, and to run again."
    )

    def add_arguments(self, parser):
        parser.add_argument("--undo", action="store_true", help="unpack all that is packed")

    def handle(self, *, undo, verbosity, **options):
        editions = Edition.objects.filter(packed__isnull=not undo)
        with Progress("Editions", self.stdout, quiet=verbosity < 1) as progress:
            for keys in progress.through(key_batches(editions, BATCH), editions.count()):
                batch = list(Edition.objects.filter(pk__in=keys))
                for edition in batch:
                    edition.unpack() if undo else edition.pack()
                update(batch, ["document", "body", "packed", "refers_to"])
