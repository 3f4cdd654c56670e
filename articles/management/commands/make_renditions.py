"""make_renditions: whatever pictures lack, from their originals."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from ...library.intake import remake
from ...models import Photo
from ..progress import Progress


class Command(BaseCommand):
    help = (
        "Makes the renditions that pictures lack, for instance in a format or a width that is new "
        "here. Pages published from then on offer them. Safe to run again."
    )

    def handle(self, **options):
        photos, made = Photo.objects.order_by("pk"), 0
        total = photos.count()
        with Progress("Pictures", self.stdout, quiet=options["verbosity"] < 1) as progress:
            for done, photo in enumerate(photos.iterator(), start=1):
                made += self.make(photo)
                progress(done, total)
        self.stdout.write(f"{made} of {total} pictures lacked renditions.")

    def make(self, photo):
        try:
            return remake(photo)
        except (FileNotFoundError, ValueError, ValidationError) as error:
            self.stderr.write(f"{photo.slug}: its original cannot be read ({error}).")
            return False
