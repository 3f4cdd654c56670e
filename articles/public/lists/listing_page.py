"""The pages of a topic's and of an author's list."""

from functools import cache

from django.db.models import BigIntegerField, DateTimeField
from django.http import Http404
from django.utils.http import urlencode

from .keyset import CompiledList, keyset_page
from .languages import InAnotherLanguage, requested_language


def listing_page(request, listing, *, at, **of):
    """The page and the language that are asked for of a listing: `topic_id=` or `author_id=` says
    whose.

    Raises Http404 when there is no live story in the language. For the site's own language, raises
    InAnotherLanguage when there are stories in another.
    """
    lang = requested_language(request, at)
    page = keyset_page(request, _lines(listing, lang, *of)(at=at, **of), query=lang.pairs)
    if page.editions:
        return page, lang
    lines = listing.objects.live(at).filter(**of)
    if lang.of(lines, at=at, edition="edition__").exists():
        return page, lang
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
