"""The page of a section."""

from django.http import Http404
from django.utils import timezone

from ..library.section import Section
from ..publishing.edition import Edition
from .headers import reader_page
from .keyset import CURSORS, page_of
from .shell import show


@reader_page
def section(request, slug):
    """A section's stories; the newest leads its first page."""
    at = timezone.now()
    sections = list(Section.objects.all())
    shown = next((each for each in sections if each.slug == slug), None)
    if shown is None:
        raise Http404("no such section")
    page = page_of(request, Edition.objects.live(at).filter(section=shown).cards())
    first = not any(request.GET.get(name) for name in CURSORS)
    return show(
        request,
        "pages/section.html",
        at=at,
        sections=sections,
        page_title=shown.name,
        section=shown,
        lead=page.editions.pop(0) if first and page.editions else None,
        page=page,
    )
