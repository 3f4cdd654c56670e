"""The page of an author."""

from django.utils import timezone

from ..library.author import Author
from ..publishing.keys import author_key
from ..publishing.listing import AuthorListing
from .keeping.reader_page import reader_page
from .keyset import page_of
from .renamed import lead_on
from .shell import show


@reader_page
def author(request, slug):
    """Who an author is, and what the author wrote."""
    at = timezone.now()
    shown = Author.objects.filter(slug=slug).select_related("picture").first()
    if shown is None:
        return lead_on(Author.objects.all(), slug)
    return show(
        request,
        "pages/author.html",
        at=at,
        keys=[author_key(shown.pk)],
        page_title=shown.name,
        author=shown,
        picture=shown.picture.as_picture() if shown.picture else None,
        page=page_of(request, AuthorListing.objects.live(at).filter(author=shown).cards()),
    )
