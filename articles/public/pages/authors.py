"""The page of an author."""

from django.utils import timezone

from ...library.author import Author
from ...publishing.editions.listing import AuthorListing
from ...publishing.surrogate_keys import author_key
from ..lists.listing_page import listing_page
from ..lists.with_stories import authors_with_stories
from ..public_view import public_view
from ..render_page import render_page
from .renamed import redirect_renamed


@public_view
def author(request, slug):
    """An author's biography and stories.

    404 for an author without a live story: the name may belong to a draft.
    """
    at = timezone.now()
    shown = Author.objects.filter(slug=slug).select_related("picture").first()
    if shown is None:
        return redirect_renamed(request, authors_with_stories(at), slug)
    page, lang = listing_page(request, AuthorListing, author=shown, at=at)
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
