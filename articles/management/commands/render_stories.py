"""Render the stored parts of stories' pages."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.public.pages.story.parts import store_parts
from articles.publishing.editions.edition import Edition

from ..progress import Progress

BATCH = 200


class Command(BaseCommand):
    help = (
        "Renders the parts of stories' pages that are not stored, or no longer right: after a "
        "bulk import, a new release, or a section's new name. Pages are right without it, but "
        "take longer to make. The newest come first; safe to stop, and to run again."
    )

    def handle(self, *, verbosity, **options):
        now = timezone.now()
        shown = Edition.objects.filter(live_until__gt=now).order_by("-pk")
        total, done, rendered, last = shown.count(), 0, 0, None
        with Progress("Stories", self.stdout, quiet=verbosity == 0) as progress:
            while batch := list(_before(shown, last).values_list("pk", flat=True)[:BATCH]):
                rendered += store_parts(Edition.objects.filter(pk__in=batch), at=now)
                done, last = done + len(batch), batch[-1]
                progress(done, total)
        if verbosity:
            self.stdout.write(f"{rendered:,} stories were rendered.")


def _before(editions, last):
    """The editions that come after one of this primary key, in their order."""
    return editions if last is None else editions.filter(pk__lt=last)
