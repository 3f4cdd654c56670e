"""check_embeds: ask the sites of embeds whether they still have what our stories show."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from ...publishing.link_check.embeds import check_embeds


class Command(BaseCommand):
    help = (
        "Asks for what the embeds of published stories show, unless that was done in the last "
        "week. What is gone is marked on the desk, and stays a link for readers. Run it from a "
        "timer, once a week or oftener."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--all", action="store_true", help="also what was asked for in the last week"
        )

    def handle(self, *, verbosity, **options):
        there = gone = untold = 0
        for checked in check_embeds(now=timezone.now(), all_of_them=options["all"]):
            there += checked.there is True
            gone += checked.there is False
            untold += checked.there is None
            if checked.there is False and verbosity:
                self.stdout.write(f"Gone: {checked.address}")
        if verbosity:
            self.stdout.write(f"{there} are there, {gone} are gone, {untold} could not be told.")
