"""The pages of a topic's and of an author's list."""

from django.http import Http404
from django.utils.http import urlencode

from .keyset import keyset_page
from .languages import InAnotherLanguage, requested_language


def listing_page(request, listing, *, at, **of):
    """The page and the language that are asked for of a listing: `topic=` or `author=` says whose.

    Raises Http404 when there is no live story in the language. For the site's own language, raises
    InAnotherLanguage when there are stories in another.
    """
    lines = listing.objects.live(at).filter(**of)
    lang = requested_language(request, at)
    stories = lang.of(lines, at=at, edition="edition__")
    page = keyset_page(request, stories.cards(), query=lang.pairs)
    if page.editions or stories.exists():
        return page, lang
    if not lang.language and (line := lines.select_related("edition").newest_first().first()):
        raise InAnotherLanguage(f"{request.path}?{urlencode({'language': line.edition.language})}")
    raise Http404("no stories here")
