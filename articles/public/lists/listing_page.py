"""The pages of a topic's and of an author's list."""

from functools import cache

from django.db.models import BigIntegerField, DateTimeField
from django.http import Http404
from django.utils.http import urlencode

from .keyset import CompiledList, keyset_page
from .languages import InAnotherLanguage


def listing_page(request, listing, lang, *, at, **of):
    """The page that is asked for of a listing in a language: `topic_id=` or `author_id=` says
    whose.

    Raises Http404 when there is no live story in the language. For the site's own language, raises
    InAnotherLanguage when there are stories in another.
    """
    page = keyset_page(request, _lines(listing, lang, *of)(at=at, **of), query=lang.pairs)
    if page.editions:
        return page
    lines = listing.objects.live(at).filter(**of)
    if lang.of(lines, at=at, edition="edition__").exists():
        return page
    if not lang.language and (line := lines.select_related("edition").newest_first().first()):
        raise InAnotherLanguage(f"{request.path}?{urlencode({'language': line.edition.language})}")
    raise Http404("no stories here")


@cache
def _lines(listing, lang, of):
    """The CompiledList of a topic's or an author's lines in a language; `of` names the column."""

    def build(at, **parameters):
        lines = listing.objects.live(at).filter(**parameters)
        return lang.of(lines, at=at, edition="edition__").cards()

    return CompiledList(build, at=DateTimeField(), **{of: BigIntegerField()})
