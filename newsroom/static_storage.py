"""Bundles and minifies the readers' style sheets, and the desk's modules, in production."""

import re

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

FOLDER = "css/"
IMPORT = re.compile(r'@import url\("([\w-]+\.css)"\);')
MODULES = "admin-desk/writing/"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
COMMENT_LINES = re.compile(r"^[ \t]*(?:/\*.*?\*/|//[^\n]*)[ \t]*$", re.DOTALL | re.MULTILINE)
LINE_ENDS = re.compile(r"\s*\n\s*")


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Static files with hashed names, compressed, and style sheets with their imports inlined."""

    # Modules import each other by these names too, so that browsers keep them for ever.
    support_js_module_import_aggregation = True
    # Each finds the names of one level more of modules that import others.
    max_post_process_passes = 20

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self._urls = {}

    def url(self, name, force=False):
        # Every page names the same few, and none changes while a process runs.
        if name not in self._urls:
            self._urls[name] = super().url(name, force)
        return self._urls[name]

    def post_process(self, paths, dry_run=False, **options):
        sheets = {name: paths[name] for name in paths if name.startswith(FOLDER)}
        bundles = InMemoryStorage()
        for name in sheets:
            bundles.save(name, ContentFile(bundle(name, sheets)))
        modules = {name: paths[name] for name in paths if is_module(name)}
        for name in modules:
            bundles.save(name, ContentFile(without_comments(*modules[name])))
        paths = paths | {name: (bundles, name) for name in (*sheets, *modules)}
        return super().post_process(paths, dry_run=dry_run, **options)


def is_module(name):
    return name.startswith(MODULES) and name.endswith(".js")


def without_comments(storage, path):
    """A module of ours, in which a comment stands on lines of its own, without these and without
    indentation."""
    with storage.open(path) as file:
        text = COMMENT_LINES.sub("", file.read().decode())
    return LINE_ENDS.sub("\n", text).strip()


def bundle(name, sheets):
    """A style sheet with those that it imports, without comments and indentation.

    `sheets` says where each one is: {name: (storage, path)}.
    """
    storage, path = sheets[name]
    with storage.open(path) as file:
        text = COMMENT.sub("", file.read().decode())
    text = IMPORT.sub(lambda found: bundle(FOLDER + found[1], sheets), text)
    return LINE_ENDS.sub("\n", text).strip()
