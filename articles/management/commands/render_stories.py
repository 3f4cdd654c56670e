"""Render the stored parts of stories' pages."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.public.pages.story.parts import store_parts
from articles.publishing.editions.edition import Edition
from articles.publishing.key_batches import key_batches

from ..progress import Progress

BATCH = 200


class Command(BaseCommand):
    help = (
        "Renders the parts of stories' pages that are not stored, or no longer right: after a "
        "bulk import, a new release, or a section's new name. Pages are right without it, but "
        "take longer to make. The newest come first; safe to stop, and to run again."
    )

    def handle(self, *, verbosity, **options):
        now, rendered = timezone.now(), 0
        shown = Edition.objects.filter(live_until__gt=now)
        batches = key_batches(shown, BATCH, newest_first=True)
        with Progress("Stories", self.stdout, quiet=verbosity == 0) as progress:
            for keys in progress.through(batches, shown.count()):
                rendered += store_parts(Edition.objects.filter(pk__in=keys), at=now)
        if verbosity:
            self.stdout.write(f"{rendered:,} stories were rendered.")
