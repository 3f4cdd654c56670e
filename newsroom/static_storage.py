"""Style sheets as readers fetch them: few and small. In development the browser joins them."""

import re

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

FOLDER = "css/"
IMPORT = re.compile(r'@import url\("([\w-]+\.css)"\);')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LINE_ENDS = re.compile(r"\s*\n\s*")


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Static files in production: named for their contents, packed, and style sheets whole."""

    def post_process(self, paths, dry_run=False, **options):
        sheets = {name: where for name, where in paths.items() if is_sheet(name)}
        made = InMemoryStorage()
        for name in sheets:
            made.save(name, ContentFile(whole(name, sheets)))
        paths = paths | {name: (made, name) for name in sheets}
        return super().post_process(paths, dry_run=dry_run, **options)


def is_sheet(name):
    """Whether a file is one of the readers' style sheets."""
    return name.startswith(FOLDER) and name.endswith(".css")


def whole(name, sheets):
    """A style sheet with those that it imports, without comments and indents.

    `sheets` says where each one is: {name: (storage, path)}.
    """
    storage, path = sheets[name]
    with storage.open(path) as file:
        text = COMMENT.sub("", file.read().decode())
    text = IMPORT.sub(lambda found: whole(FOLDER + found[1], sheets), text)
    return LINE_ENDS.sub("\n", text).strip()
