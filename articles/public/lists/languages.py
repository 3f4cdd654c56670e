"""The language of a list: `?language=fr` asks for the stories told in French.

Without it a list is the site's own, and holds every story once (docs/translating.md).
"""

from django.conf import settings
from django.http import Http404

from ...library.urls import path_of
from ...publishing.editions.translations import ListLanguage
from ..navigation import other_languages


class InAnotherLanguage(Exception):
    """All that could stand here stands at another address, `url`."""

    def __init__(self, url):
        self.url = url
        super().__init__(url)


def requested_language(request, at):
    """The requested language of a list. Raises Http404 for one without live stories."""
    lang = find_language(request, at)
    if lang is None:
        raise Http404("no stories in this language")
    return lang


def find_language(request, at):
    """The same, or None."""
    others = other_languages(request, at)
    code = request.GET.get("language", "")
    if code in {"", settings.LANGUAGE_CODE}:
        return ListLanguage(several=bool(others))
    return ListLanguage(code) if code in others else None


def list_path(lang, name, *args):
    """The path of a list of this name, in this language."""
    return path_of(name, *args) + lang.suffix


def feed_language(request):
    """The same for a feed, without asking whether there are such stories."""
    code = request.GET.get("language", "")
    return ListLanguage("" if code == settings.LANGUAGE_CODE or "\x00" in code else code)
