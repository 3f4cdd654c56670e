"""make_renditions: whatever pictures lack, from their originals."""

import os

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from ...library.uploads.store import has_all_renditions, make_missing_renditions
from ...models import Photo
from ..progress import Progress

LINE_EVERY = 6
"""Pictures for each line on the console."""


class Command(BaseCommand):
    help = (
        "Makes the renditions that pictures lack, for instance in a format or a width that is new "
        "here. Pages published from then on offer them. Safe to run again."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--background",
            action="store_true",
            help="Give way to others, and say in lines how far it has come, if there is any to go.",
        )

    def handle(self, *, background=False, **options):
        if background:
            self.make_in_background()
            return
        photos, made = Photo.objects.order_by("pk"), 0
        total = photos.count()
        with Progress("Pictures", self.stdout, quiet=options["verbosity"] < 1) as progress:
            for done, photo in enumerate(photos.iterator(), start=1):
                made += self.make(photo)
                progress(done, total)
        self.stdout.write(f"{made} of {total} pictures lacked renditions.")

    def make_in_background(self):
        os.nice(10)
        photos = [photo for photo in Photo.objects.order_by("pk") if not has_all_renditions(photo)]
        if photos:
            self.tell(f"Pictures: {len(photos)} are being made; pages show grey in their places.")
        for done, photo in enumerate(photos, start=1):
            self.make(photo)
            if done % LINE_EVERY == 0 or done == len(photos):
                self.tell(f"Pictures: {done} of {len(photos)}{' …' if done < len(photos) else ''}")

    def tell(self, line):
        self.stdout.write(line)
        self.stdout.flush()

    def make(self, photo):
        try:
            return make_missing_renditions(photo)
        except (FileNotFoundError, ValueError, ValidationError) as error:
            self.stderr.write(f"{photo.slug}: its original cannot be read ({error}).")
            return False
