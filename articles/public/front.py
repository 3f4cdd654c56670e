"""The front page."""

from django.conf import settings
from django.utils import timezone

from ..library.section import Section
from ..publishing.edition import Edition
from .headers import reader_page
from .shell import show
from .slices import first_of_each

SECONDS, LATEST, STRIP, STRIPS = 4, 10, 4, 24


@reader_page
def front(request):
    """The newest stories, and a strip for each section; no story stands here twice."""
    at = timezone.now()
    sections = list(Section.objects.all())
    editions = Edition.objects.live(at)
    newest = list(editions.cards().newest_first()[: 1 + SECONDS + LATEST])
    return show(
        request,
        "pages/front.html",
        at=at,
        sections=sections,
        page_title=settings.SITE_NAME,
        lead=newest[0] if newest else None,
        seconds=newest[1 : 1 + SECONDS],
        latest=newest[1 + SECONDS :],
        strips=strips_of(sections[:STRIPS], editions, shown=newest),
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
