"""The page of an author."""

from django.shortcuts import get_object_or_404
from django.utils import timezone

from ..library.author import Author
from ..publishing.keys import author_key
from ..publishing.listing import AuthorListing
from .keeping.reader_page import reader_page
from .keyset import page_of
from .shell import show


@reader_page
def author(request, slug):
    """Who an author is, and what the author wrote."""
    at = timezone.now()
    shown = get_object_or_404(Author.objects.select_related("picture"), slug=slug)
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
