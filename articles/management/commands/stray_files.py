"""stray_files: lists picture files that no row names, and deletes them."""

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from django.utils import timezone

from ...publishing.stray_files import stray_files


class Command(BaseCommand):
    help = (
        "Lists the files of pictures that no photo, edition or kept desk copy knows, and that are "
        "older than an hour. Removes nothing unless told to."
    )

    def add_arguments(self, parser):
        parser.add_argument("--remove", action="store_true", help="Remove what is listed.")

    def handle(self, *, remove, **options):
        found = removed = 0
        for stray in stray_files(timezone.now()):
            found += 1
            place = "rendition" if stray.storage is default_storage else "original"
            self.stdout.write(f"{place} {stray.name}")
            removed += remove and self.remove(stray)
        if not found:
            self.stdout.write("No stray files.")
        elif remove:
            self.stdout.write(f"{removed} of {found} stray files removed.")
        else:
            self.stdout.write(
                f"{found} stray files. To remove them: manage.py stray_files --remove"
            )

    def remove(self, stray):
        try:
            stray.remove()
        except Exception as error:
            self.stderr.write(f"{stray.name}: it cannot be removed ({error}).")
            return False
        return True
