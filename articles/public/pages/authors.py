"""The page of an author."""

from ...library.author import Author
from ...library.naming.slugs import SlugField
from ...publishing.compiled_query import CompiledQuery
from ...publishing.editions.listing import AuthorListing
from ...publishing.surrogate_keys import author_key
from ..lists.languages import requested_language
from ..lists.listing_page import listing_page
from ..lists.with_stories import authors_with_stories
from ..moment import moment_of
from ..public_view import public_view
from ..render_page import render_page
from .former_slugs import redirect_renamed

AUTHOR = CompiledQuery(
    lambda slug: Author.objects.filter(slug=slug).select_related("picture")[:1], slug=SlugField()
)


@public_view
def author(request, slug):
    """An author's biography and stories, also those under pen names, which redirect here.

    404 for an author without a live story: the name may belong to a draft.
    """
    at = moment_of(request)
    shown = AUTHOR.first(slug=slug)
    if shown is None or shown.pen_name_of_id:
        return redirect_renamed(request, authors_with_stories(at), slug)
    lang = requested_language(request, at)
    page = listing_page(request, AuthorListing, lang, author_id=shown.pk, at=at)
    return render_page(
        request,
        "pages/author.html",
        at=at,
        keys=[author_key(shown.pk)],
        page_title=shown.name,
        author=shown,
        picture=shown.picture.as_picture() if shown.picture else None,
        page=page,
        lang=lang,
    )
