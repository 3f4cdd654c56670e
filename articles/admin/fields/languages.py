"""The languages that a form offers."""

from django.conf import settings
from django.utils.translation import gettext as translated


def languages(current):
    """The languages to choose from, among them always the site's and the story's own."""
    known = {code: translated(name) for code, name in settings.LANGUAGES}
    for code in (settings.LANGUAGE_CODE, current):
        known.setdefault(code, code)
    return sorted(known.items(), key=lambda choice: choice[1])
