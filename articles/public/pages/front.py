"""The front page."""

from functools import cache

from django.conf import settings
from django.db.models import DateTimeField, JSONField

from ...library.naming.old_paths import QUERIES
from ...publishing.compiled_query import CompiledQuery
from ...publishing.editions.edition import Edition
from ...publishing.fronts.front import arrange
from ...publishing.fronts.placement import SLOTS
from ...publishing.json_rows import JsonUuids
from ...publishing.surrogate_keys import FRONT_KEY
from ..errors import moved
from ..head.publisher import strapline
from ..lists.languages import requested_language
from ..lists.union_slices import first_of_each
from ..moment import moment_of
from ..navigation import sections_of
from ..public_view import public_view
from ..render_page import render_page

SECOND_STORIES, STRIP_STORIES, MAX_STRIPS = 4, 4, 24


@public_view
def front(request):
    """The front page as editors arranged it, and a strip for each section.

    With a query such as ?p=12, what a page of another site is now.
    """
    if not request.GET.keys().isdisjoint(QUERIES) and (answer := moved(request)):
        return answer
    return front_page(request, at=moment_of(request))


def front_page(request, *, at, draft=False, preview=False):
    """The front page at a moment, or its draft. No story appears twice."""
    sections = sections_of(request, at)
    lang = requested_language(request, at)
    shown = arrange(None, at=at, size=SLOTS, draft=draft, lang=lang)
    return render_page(
        request,
        "pages/front.html",
        at=at,
        keys=[FRONT_KEY],
        page_title=title_of(lang),
        lead=shown[0] if shown else None,
        seconds=shown[1 : 1 + SECOND_STORIES],
        latest=shown[1 + SECOND_STORIES :],
        strips=strips_of(sections[:MAX_STRIPS], lang, shown=shown, at=at),
        lang=lang,
        front=True,
        preview=preview,
    )


def title_of(lang):
    """The name of the site, followed by the strapline on the front in the site's language."""
    return settings.SITE_NAME if lang.language else f"{settings.SITE_NAME} · {strapline()}"


def strips_of(sections, lang, *, shown, at):
    """Some stories of each section, except those shown already: [{section, editions}]."""
    if not shown or not sections:
        return []
    query = newest_of_sections(lang, tuple(section.pk for section in sections))
    families = [str(edition.family) for edition in shown]
    by_section = {section.pk: [] for section in sections}
    for edition in query.rows(at=at, shown=families):
        by_section[edition.section_id].append(edition)
    return [
        {"section": section, "editions": by_section[section.pk]}
        for section in sections
        if by_section[section.pk]
    ]


@cache
def newest_of_sections(lang, sections):
    """The CompiledQuery of some stories of each of these sections, but of no family in `shown`."""

    def build(at, shown):
        rest = lang.of(Edition.objects.live(at).exclude(family__in=JsonUuids(shown)), at=at)
        slices = [rest.filter(section_id=pk).newest_first()[:STRIP_STORIES] for pk in sections]
        newest = Edition.objects.filter(pk__in=first_of_each(slices, "pk"))
        return newest.cards("section_id").newest_first()

    return CompiledQuery(build, at=DateTimeField(), shown=JSONField())
