"""Importing a text as a file, and looking at what became of it."""

import json

import pytest
from django.core.management import call_command

from articles.models import Edition, Post
from tests.builders import make_section

from . import wxr


class Imports:
    """Runs the command on texts; `report` is that of the last run, `code` its exit code."""

    def __init__(self, folder):
        self.folder, self.report, self.code, self.words = folder, None, None, ""

    def __call__(self, *texts, source="old-site", **options):
        paths = []
        for place, text in enumerate(texts):
            path = self.folder / f"export-{place}.xml"
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            paths.append(str(path))
        return self.file(*paths, source=source, **options)

    def file(self, *paths, source="old-site", **options):
        """Runs the command on files."""
        report = self.folder / "report.json"
        options = {"verbosity": 0} | options
        self.code = 0
        try:
            call_command(
                "import_stories", *map(str, paths), source=source, report=report, **options
            )
        except SystemExit as left:
            self.code = left.code
        self.report = json.loads(report.read_text())
        return self

    def items(self, *parts, **options):
        """Runs the command on an export of these items."""
        shape = {"authors": [("anna", "Anna Brown")]}
        for name in ("version", "http", "authors"):
            if name in options:
                shape[name] = options.pop(name)
        return self(wxr.export(*parts, **shape), **options)

    def outcomes(self):
        return {row["id"]: row["outcome"] for row in self.report["items"]}

    def problems(self, key=None):
        """{problem: [what is said]}, of one story or of all."""
        found = {}
        for row in self.report["problem_list"]:
            if key is None or row["id"] == str(key):
                found.setdefault(row["problem"], []).append(row["said"])
        return found


@pytest.fixture
def imports(tmp_path, db):
    make_section("Politics")
    return Imports(tmp_path)


def post_of(key):
    return Post.objects.get(source="old-site", source_id=str(key))


def edition_of(key):
    return Edition.objects.get(post=post_of(key))


def body_of(post):
    """The blocks of a post's text, in order."""
    from articles.publishing.editions.document import Parts

    return Parts([post]).region(post, "body")
