"""The language of a list: `?language=fr` asks for the stories told in French.

Without it a list is the site's own, and holds every story once (docs/translating.md).
"""

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from ...publishing.editions.translations import Told
from ..navigation import other_languages


class InAnotherLanguage(Exception):
    """All that could stand here stands at another address, `url`."""

    def __init__(self, url):
        self.url = url
        super().__init__(url)


def requested_language(request, at):
    """The language that a list is asked for in. Raises Http404 for one that no live story is told
    in."""
    others = other_languages(request, at)
    asked = request.GET.get("language", "")
    if asked in {"", settings.LANGUAGE_CODE}:
        return Told(several=bool(others))
    if asked not in others:
        raise Http404("no stories in this language")
    return Told(asked)


def list_path(told, name, *args):
    """The path of a list of this name, in this language."""
    return reverse(name, args=args) + told.suffix


def feed_language(request):
    """The same for a feed, without asking whether there are such stories."""
    asked = request.GET.get("language", "")
    return Told("" if asked == settings.LANGUAGE_CODE or "\x00" in asked else asked)
