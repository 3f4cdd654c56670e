"""The front page."""

from django.conf import settings
from django.utils import timezone

from ..publishing.edition import Edition
from ..publishing.front import arrange
from ..publishing.keys import FRONT
from ..publishing.placement import SLOTS
from .keeping.navigation import sections_of
from .keeping.reader_page import reader_page
from .shell import show
from .slices import first_of_each

SECONDS, STRIP, STRIPS = 4, 4, 24


@reader_page
def front(request):
    """The front page as editors shaped it, and a strip for each section."""
    return front_page(request, at=timezone.now())


def front_page(request, *, at, draft=False, preview=False):
    """The front page at a moment, or its draft; no story stands here twice."""
    sections = sections_of(request, at)
    shown = arrange(None, at=at, size=SLOTS, draft=draft)
    return show(
        request,
        "pages/front.html",
        at=at,
        keys=[FRONT],
        page_title=settings.SITE_NAME,
        lead=shown[0] if shown else None,
        seconds=shown[1 : 1 + SECONDS],
        latest=shown[1 + SECONDS :],
        strips=strips_of(sections[:STRIPS], Edition.objects.live(at), shown=shown),
        preview=preview,
    )


def strips_of(sections, editions, *, shown):
    """Some stories of each section, except those shown already: [{section, editions}]."""
    if not shown or not sections:
        return []
    rest = editions.exclude(pk__in=[edition.pk for edition in shown])
    slices = [rest.filter(section=section).newest_first()[:STRIP] for section in sections]
    by_section = {section.pk: [] for section in sections}
    for edition in (
        Edition.objects.filter(pk__in=first_of_each(slices, "pk")).cards().newest_first()
    ):
        by_section[edition.section_id].append(edition)
    return [
        {"section": section, "editions": by_section[section.pk]}
        for section in sections
        if by_section[section.pk]
    ]
