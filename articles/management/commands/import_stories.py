"""import_stories: another newsroom's archive becomes stories of ours."""

import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ...importing.incoming import Unreadable
from ...importing.moments import zone_of
from ...importing.names import read_map
from ...importing.options import Options, types_in
from ...importing.report import in_words, write_json
from ...importing.run import Done, imported
from ...library.section import Section
from ..progress import Progress


class Estimate(Progress):
    """A line of progress that says how long it will take still."""

    def line(self):
        spent = time.monotonic() - self.began
        if not self.total or not self.done or self.done >= self.total:
            return super().line()
        left = spent / self.done * (self.total - self.done)
        return f"{super().line()}, about {max(1, round(left / 60))} min left"


class Command(BaseCommand):
    help = (
        "Imports the stories of one export of another site. Exit code 0: every item is accounted "
        "for; 1: some were refused; 2: nothing could be read. docs/importing.md is the evening, "
        "step by step."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--source", required=True, help="where they come from, such as old-site"
        )
        parser.add_argument("--dry-run", action="store_true", help="do everything but keep it")
        parser.add_argument("--pictures", type=Path, help="the uploads: a folder or a zip")
        parser.add_argument("--fetch-pictures", action="append", default=[], metavar="HOST")
        parser.add_argument("--section", help="for what the map sends nowhere (its address)")
        parser.add_argument("--map", type=Path, help="a CSV: kind, from, count, to")
        parser.add_argument("--credit", default="", help="for pictures that bring none")
        parser.add_argument("--time-zone", default="UTC", help="of dates that name none")
        parser.add_argument(
            "--members-as-public",
            action="store_true",
            help="stories for members only go live too; otherwise they are drafts",
        )
        parser.add_argument("--types", default="post", help="such as post,review (default: post)")
        parser.add_argument("--only", default="", metavar="ID", help="this story alone")
        parser.add_argument("--limit", type=int, metavar="N", help="the first N stories")
        parser.add_argument("--report", type=Path, help="where to write the report, as JSON")

    def handle(self, *args, verbosity=1, **given):
        self.quiet = verbosity < 1
        try:
            options = self.options(given)
            with (
                Estimate("Stories", self.stdout, quiet=self.quiet) as progress,
                imported(options, say=self.say, progress=progress) as done,
            ):
                pass_on = self.finish(done, given["report"])
        except Unreadable as error:
            raise CommandError(str(error), returncode=2) from error
        if pass_on:
            raise SystemExit(pass_on)

    def options(self, given):
        """Options of the arguments. Raises CommandError."""
        source = given["source"].strip()
        if not 0 < len(source) <= 60 or source == "desk" or "\x00" in source:
            raise CommandError(
                "--source is a name of at most 60 characters, not “desk”", returncode=2
            )
        section = None
        if given["section"]:
            section = Section.objects.find_by_slug(given["section"])
            if section is None:
                raise CommandError(f"There is no section “{given['section']}”.", returncode=2)
        try:
            zone = zone_of(given["time_zone"])
        except ValueError:
            raise CommandError(
                f"There is no time zone “{given['time_zone']}”.", returncode=2
            ) from None
        if given["limit"] is not None and given["limit"] < 0:
            raise CommandError("--limit is a number of stories", returncode=2)
        return Options(
            source=source,
            files=given["files"],
            zone=zone,
            dry_run=given["dry_run"],
            pictures=given["pictures"],
            fetch_from={host.lower() for host in given["fetch_pictures"]},
            section=section,
            goes=self.map(given["map"]) if given["map"] else {},
            credit=given["credit"][:200],
            types=types_in(given["types"]),
            members_as_public=given["members_as_public"],
            only=given["only"],
            limit=given["limit"],
        )

    def map(self, path):
        try:
            return read_map(path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeError) as error:
            raise CommandError(f"The map cannot be read: {error}", returncode=2) from error

    def finish(self, done: Done, path):
        """Write the report and the map; returns the exit code."""
        for line in in_words(done.report, done.scratch):
            self.say(line)
        try:
            if path:
                with path.open("w", encoding="utf-8") as out:
                    write_json(done.report, done.scratch, out)
            if done.report.options.dry_run:
                self.write_map(done, (path or Path("report.json")).parent)
        except OSError as error:
            raise CommandError(f"It cannot be written: {error}", returncode=1) from error
        return done.report.exit_code

    def write_map(self, done, folder):
        name = (
            f"{''.join(c if c.isalnum() or c in '-_' else '-' for c in done.report.options.source)}"
        )
        path = folder / f"{name}-map.proposed.csv"
        path.write_text(done.proposed_map, encoding="utf-8")
        self.say(f"The map as it was followed: {path}. Edit it, and give it back with --map.")

    def say(self, line):
        if not self.quiet:
            self.stdout.write(line)
