"""old_addresses: where the addresses of another site lead, from a CSV or into one."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from ...publishing.old_addresses.edit import read_csv, write_csv


class Command(BaseCommand):
    help = (
        "Reads or writes old addresses as CSV, with the columns path, kind and target. All lines "
        "of a file are added, or none."
    )

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--read", type=Path, metavar="FILE", help="add the lines of this file")
        what.add_argument("--write", type=Path, metavar="FILE", help="write all of them there")

    def handle(self, *, read, write, **options):
        try:
            if read:
                with read.open(encoding="utf-8-sig", newline="") as file:
                    self.stdout.write(f"{read_csv(file):,} old addresses added.")
            else:
                with write.open("w", encoding="utf-8", newline="") as file:
                    self.stdout.write(f"{write_csv(file):,} old addresses written.")
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        except (OSError, UnicodeError) as error:
            raise CommandError(str(error)) from error
