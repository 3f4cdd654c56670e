"""The page of an author."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from ...library.author import Author
from ...publishing.editions.listing import AuthorListing
from ...publishing.surrogate_keys import author_key
from ..lists.keyset import page_of
from ..lists.languages import refuse_empty, told_in
from ..public_view import public_view
from ..render_page import show
from .renamed import lead_on


@public_view
def author(request, slug):
    """Who an author is, and what the author wrote.

    An author without a live story is not there: the name may belong to a draft.
    """
    at = timezone.now()
    shown = Author.objects.filter(slug=slug).select_related("picture").first()
    if shown is None:
        return lead_on(request, writing(at), slug)
    lines, told = AuthorListing.objects.live(at).filter(author=shown), told_in(request, at)
    page = page_of(request, told.of(lines, at=at, edition="edition__").cards(), query=told.pairs)
    if not page.editions:
        refuse_empty(request, lines, told, at=at)
    return show(
        request,
        "pages/author.html",
        at=at,
        keys=[author_key(shown.pk)],
        page_title=shown.name,
        author=shown,
        picture=shown.picture.as_picture() if shown.picture else None,
        page=page,
        told=told,
    )


def writing(at):
    """The authors of some live story."""
    lines = AuthorListing.objects.live(at).filter(author=OuterRef("pk"))
    return Author.objects.filter(Exists(lines))
