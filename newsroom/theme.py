"""The site's own style sheet and logo, as static files under theme/."""

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

PREFIX = "theme"


class ThemeFinder(BaseFinder):
    """Finds only the files that NEWSROOM_THEME_CSS and NEWSROOM_LOGO name."""

    def find(self, path, find_all=False, **kwargs):
        found = [str(file) for file in settings.THEME_FILES if path == f"{PREFIX}/{file.name}"]
        return found if find_all else next(iter(found), [])

    def list(self, ignore_patterns):
        for file in settings.THEME_FILES:
            storage = FileSystemStorage(location=file.parent)
            storage.prefix = PREFIX
            yield file.name, storage
