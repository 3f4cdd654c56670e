"""The page of a section."""

from functools import cache

from django.db.models import BigIntegerField, DateTimeField

from ...library.section import Section
from ...publishing.editions.edition import Edition
from ...publishing.fronts.front import arrange
from ...publishing.fronts.placement import SLOTS
from ...publishing.surrogate_keys import front_key
from ..lists.keyset import CompiledList, is_first_page, keyset_page
from ..lists.languages import requested_language
from ..moment import moment_of
from ..navigation import sections_of
from ..public_view import public_view
from ..render_page import render_page
from .former_slugs import redirect_renamed
from .front import SECOND_STORIES


@public_view
def section(request, slug):
    """A section's front as editors arranged it, over the list of its stories."""
    at = moment_of(request)
    shown = next((each for each in sections_of(request, at) if each.slug == slug), None)
    if shown is None:
        return redirect_renamed(request, Section.objects.all(), slug)
    return section_page(request, shown, at=at)


@cache
def stories_in_section(lang):
    """The CompiledList of a section's stories in a language."""

    def build(at, section):
        return lang.of(Edition.objects.live(at).filter(section_id=section), at=at).cards()

    return CompiledList(build, at=DateTimeField(), section=BigIntegerField())


def section_page(request, section, *, at, draft=False, preview=False, query=()):
    """A section's page at a moment, or with the draft of its front; `query` is added to its links.

    The first page shows the front and then the newest stories that are not on it, so that no story
    appears twice and the second page continues where the first ends.
    """
    lang = requested_language(request, at)
    stories = stories_in_section(lang)(at=at, section=section.pk)
    page = keyset_page(request, stories, query=[*query, *lang.pairs])
    front = []
    if is_first_page(request):
        front = arrange(section, at=at, size=SLOTS, draft=draft, lang=lang)
    there = {edition.family for edition in front}
    rest = [edition for edition in page.editions if edition.family not in there]
    page.editions = front[1 + SECOND_STORIES :] + rest
    return render_page(
        request,
        "pages/section.html",
        at=at,
        keys=[front_key(section)],
        page_title=section.name,
        section=section,
        lead=front[0] if front else None,
        seconds=front[1 : 1 + SECOND_STORIES],
        page=page,
        lang=lang,
        preview=preview,
    )
